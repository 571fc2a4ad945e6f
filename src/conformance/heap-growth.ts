// Tells a leak from caches, pools and one-time allocations: it grows from round to round, and goes on growing.
import type { CheckContext } from './check-context.ts';

const blocks = 5;
/** What is allocated once, and what fills a cache of the plugin, comes first. */
const warmUpBlocks = 2;
/** One block may hold steady by chance, when a thread of the plugin frees something in it. */
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

type Means = Pick<CheckContext<never>, 'process' | 'weigh'>;

/**
 * Bytes by which the calls of each round let the heap grow, 0 where it does not grow steadily. What is allocated once or kept for
 * reuse stops growing, and what threads free at times of their own comes and goes; therefore what looks like a leak is
 * looked at two times more, and must be much the same each time.
 */
export function heapGrowth(means: Means, round: () => void, rounds: Rounds): number {
  for (let block = 0; block < warmUpBlocks; block++) weighBlock(means, round, rounds);
  const look = () => {
    const growths = Array.from({ length: blocks }, () => weighBlock(means, round, rounds));
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

/** Bytes that each round of a block leaves. */
function weighBlock({ process, weigh }: Means, round: () => void, { perBlock, blockMs }: Rounds): number {
  let made = 0;
  const bytes = weigh(() => {
    const start = process.cpuTimeMs();
    do round();
    while (++made < perBlock && process.cpuTimeMs() - start < blockMs);
  });
  return bytes / made;
}

/** The middle value, the upper one of two; 0 of none. */
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
