// Counts what this process holds of the system's means, by the lists of Linux.
import { readdirSync, readlinkSync } from 'node:fs';
import type { ProcessCounts } from '../process-probes.ts';
import { ifThere, listMappings, needLinux } from './proc-lists.ts';
import { liveThreads } from './threads.ts';

/** @throws PlatformCannot off Linux. */
export function countProcess(): ProcessCounts {
  const mappings = listMappings();
  // the C library's heap grows with Node's own garbage, that of reading these lists too; what calls leave in it is weighed
  const mapped = mappings.filter(({ name }) => name !== '[heap]');
  const mappedBytes = mapped.reduce((sum, { start, end }) => sum + Number(end - start), 0);
  return { descriptors: openDescriptors().size, threads: liveThreads().length, mappings: mappings.length, mappedBytes };
}

/** What each open descriptor leads to. @throws PlatformCannot off Linux. */
export function openDescriptors(): Map<number, string> {
  needLinux('list of open descriptors');
  const open = new Map<number, string>();
  for (const name of readdirSync('/proc/self/fd')) {
    const target = ifThere(() => readlinkSync(`/proc/self/fd/${name}`));
    // the descriptor by which the list was read is closed again
    if (target !== undefined) open.set(Number(name), target);
  }
  return open;
}
