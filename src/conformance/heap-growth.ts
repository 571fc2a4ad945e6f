// Tells a leak from caches, pools and one-time allocations: it grows from round to round, and goes on growing.
import type { CheckContext } from './check-context.ts';

const blocks = 5;
/** What is allocated once, and what fills a cache of the plugin, comes first. */
const warmUpBlocks = 2;
/** One block may hold steady by chance, when a thread of the plugin frees something in it. */
const growingBlocks = 4;
const idleBlocks = blocks - growingBlocks + 1;
const looks = 3;
const mostlySame = 2;
const fewestSteadyRounds = 3;
/** Blocks are shorter by this while a slow plugin warms up, so that it is seen soon that nothing grows. */
const shorter = 4;

/** How long to look at most. */
export interface Rounds {
  /** Rounds of one block; at least one is made. */
  readonly perBlock: number;
  /** CPU time after which no further round of a block begins, so that a busy machine changes nothing. */
  readonly blockMs: number;
  /** CPU time after which a plugin that has not grown meanwhile is looked at no longer; a quick one makes all its rounds before. */
  readonly steadyMs: number;
}

type Means = Pick<CheckContext<never>, 'process' | 'weigh'>;

/** Some rounds: what they left, and the CPU time they took. */
interface Block {
  readonly bytes: number;
  readonly made: number;
  readonly ms: number;
}

/**
 * Bytes by which the calls of each round let the heap grow, 0 where it does not grow steadily. What is allocated once or kept for
 * reuse stops growing, and what threads free at times of their own comes and goes; therefore what looks like a leak is
 * looked at two times more, and must be much the same each time.
 */
export function heapGrowth(means: Means, round: () => void, rounds: Rounds): number {
  if (warmsUpSteadily(means, round, rounds)) return 0;
  const seen: number[] = [];
  while (seen.length < looks) {
    seen.push(look(means, round, rounds));
    const least = Math.min(...seen);
    if (least === 0 || Math.max(...seen) > mostlySame * least) return 0;
  }
  return median(seen);
}

/** Warms the plugin up, and tells whether it has taken so long, with nothing left in the end, that no look is needed. */
function warmsUpSteadily(means: Means, round: () => void, { perBlock, blockMs, steadyMs }: Rounds): boolean {
  const behindFirst: Block[] = [];
  let { made, ms } = weighBlock(means, round, perBlock, blockMs / shorter);
  while (made < warmUpBlocks * perBlock && ms < 2 * steadyMs) {
    const block = weighBlock(means, round, perBlock, blockMs / shorter);
    behindFirst.push(block);
    if (endsSteadily(behindFirst, steadyMs)) return true;
    made += block.made;
    ms += block.ms;
  }
  return false;
}

/**
 * Whether the last blocks, of three rounds or more and long enough, left nothing in sum: sums are exact but for the few bytes by which
 * blocks of the allocator are larger than what was asked for. A leak shows in nearly every block, also behind much that is freed once.
 */
function endsSteadily(made: readonly Block[], steadyMs: number): boolean {
  return made.some((_, at) => {
    const last = made.slice(at);
    const sum = (of: (block: Block) => number) => last.reduce((total, block) => total + of(block), 0);
    const isLong = sum((block) => block.made) >= fewestSteadyRounds && sum(({ ms }) => ms) >= steadyMs;
    return isLong && sum(({ bytes }) => bytes) <= 0 && idle(last) >= idleBlocks;
  });
}

/** Bytes that each round of most blocks leaves; 0 as soon as too many blocks leave none. */
function look(means: Means, round: () => void, { perBlock, blockMs }: Rounds): number {
  const made: Block[] = [];
  while (made.length < blocks && idle(made) < idleBlocks) made.push(weighBlock(means, round, perBlock, blockMs));
  return idle(made) < idleBlocks ? median(made.map((block) => block.bytes / block.made)) : 0;
}

function idle(made: readonly Block[]): number {
  return made.filter(({ bytes }) => bytes <= 0).length;
}

/** Rounds until there are enough of them or the time is over. */
function weighBlock({ process, weigh }: Means, round: () => void, most: number, mostMs: number): Block {
  let [made, ms] = [0, 0];
  const bytes = weigh(() => {
    const start = process.cpuTimeMs();
    do {
      round();
      made += 1;
      ms = process.cpuTimeMs() - start;
    } while (made < most && ms < mostMs);
  });
  return { bytes, made, ms };
}

/** The middle value, the upper one of two; 0 of none. */
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
