// The processes that this one has started (Linux).
import { readdirSync, readFileSync } from 'node:fs';
import { ifThere } from './proc-lists.ts';

/** Those of all its threads that have not been waited for, and orphans that it adopted; by their numbers. */
export function childProcesses(): number[] {
  const lists = readdirSync('/proc/self/task').map(
    (thread) => ifThere(() => readFileSync(`/proc/self/task/${thread}/children`, 'latin1')) ?? '',
  );
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}
