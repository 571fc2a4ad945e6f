// Variables for a process whose C library keeps no freed blocks for itself.

/**
 * Without glibc's own cache of freed blocks: they count as free at once, and are filled where that is asked for. Other C libraries do not
 * know the variable.
 */
export const uncachedHeap = { GLIBC_TUNABLES: 'glibc.malloc.tcache_count=0' } as const;
