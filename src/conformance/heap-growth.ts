// Tells a leak from caches, pools and one-time allocations: it grows from round to round, and goes on growing.
import type { ProcessProbes } from '../harness/process-probes.ts';

const blocks = 5;
/** Freed blocks that wait for their next use are taken first, and hide a small leak until they are gone. */
const warmUpBlocks = 3;
/** One block may hold steady by chance, when something else is freed in it. */
const growingBlocks = 4;
const looks = 3;
const mostlySame = 2;

/** How long to look at most. */
export interface Rounds {
  /** Rounds of one block; at least one is made. */
  readonly perBlock: number;
  /** CPU time after which no further round of a block begins, so that a busy machine changes nothing. */
  readonly blockMs: number;
}

/**
 * Bytes by which the heap grows with each round, 0 where it does not grow steadily. What is allocated once or kept for
 * reuse stops growing, and what threads free at times of their own comes and goes; therefore what looks like a leak is
 * looked at two times more, and must be much the same each time.
 */
export function heapGrowth(process: ProcessProbes, round: () => void, rounds: Rounds): number {
  for (let block = 0; block < warmUpBlocks; block++) makeBlock(process, round, rounds);
  const look = () => {
    const growths = Array.from({ length: blocks }, () => {
      const before = process.heapInUse();
      const made = makeBlock(process, round, rounds);
      return (process.heapInUse() - before) / made;
    });
    return growths.filter((growth) => growth > 0).length < growingBlocks ? 0 : median(growths);
  };
  const seen: number[] = [];
  while (seen.length < looks) {
    seen.push(look());
    const least = Math.min(...seen);
    if (least === 0 || Math.max(...seen) > mostlySame * least) return 0;
  }
  return median(seen);
}

function makeBlock(process: ProcessProbes, round: () => void, { perBlock, blockMs }: Rounds): number {
  const start = process.cpuTimeMs();
  let made = 0;
  do round();
  while (++made < perBlock && process.cpuTimeMs() - start < blockMs);
  return made;
}

/** The middle value, the upper one of two; 0 of none. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
