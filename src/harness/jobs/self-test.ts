// Two jobs that show whether copies of a process work on this machine: one that works hard and returns, one that dies.
import type { JobFunction } from '../job.ts';
import { systemFunction } from '../native/c-functions.ts';

const segmentationFault = 11;

/** With input 'die' it ends its process by SIGSEGV, else it returns 100 000 after much work for the garbage collector. */
export const run: JobFunction = (_context, input) => {
  if (input === 'die') {
    const raise = systemFunction<(signal: number) => number>('raise', 'int', ['int']);
    const signal = systemFunction<(number: number, handler: null) => unknown>('signal', 'void *', ['int', 'void *']);
    signal(segmentationFault, null);
    raise(segmentationFault);
  }
  return churn();
};

/** Allocates far more than the young generation holds: the collector must run in the copy. */
function churn(): number {
  let kept: number[][] = [];
  let sum = 0;
  for (let round = 0; round < 1000; round += 1) {
    kept.push(Array.from({ length: 100 }, (_, index) => index));
    if (kept.length > 50) kept = kept.slice(25);
    sum += kept.at(-1)?.length ?? 0;
  }
  return sum;
}
