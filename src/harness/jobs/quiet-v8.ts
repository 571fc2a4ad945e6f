// Flags of V8 in every process that runs a job.

/**
 * No threads, and nothing is optimised that is not run very often: what V8 compiles beside the plugin comes and goes in the heap that a
 * check measures, and takes the memory that a check leaves for the plugin alone.
 */
export const quietV8: readonly string[] = ['--single-threaded', '--interrupt-budget=1000000'];
