// Tells a leak from caches, pools and one-time allocations: it grows from round to round, and goes on growing.
import { performance } from 'node:perf_hooks';
import type { ProcessProbes } from '../harness/process-probes.ts';

const blocks = 5;
/** Freed blocks that wait for their next use are taken first, and hide a small leak until they are gone. */
const warmUpBlocks = 3;
/** One block may hold steady by chance, when something else is freed in it. */
const growingBlocks = 4;

/** How long to look at most. */
export interface Rounds {
  /** Rounds of one block; at least one is made. */
  readonly perBlock: number;
  /** No block is longer. */
  readonly blockMs: number;
}

/**
 * Bytes by which the heap grows with each round, 0 where it does not grow steadily. What is allocated once or kept for
 * reuse stops growing; therefore what looks like a leak is looked at a second time before it counts as one.
 */
export function heapGrowth(process: ProcessProbes, round: () => void, rounds: Rounds): number {
  for (let block = 0; block < warmUpBlocks; block++) makeBlock(round, rounds);
  const look = () => {
    const growths = Array.from({ length: blocks }, () => {
      const before = process.heapInUse();
      const made = makeBlock(round, rounds);
      return (process.heapInUse() - before) / made;
    });
    return growths.filter((growth) => growth > 0).length < growingBlocks ? 0 : median(growths);
  };
  return look() > 0 ? look() : 0;
}

function makeBlock(round: () => void, { perBlock, blockMs }: Rounds): number {
  const start = performance.now();
  let made = 0;
  do round();
  while (++made < perBlock && performance.now() - start < blockMs);
  return made;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
