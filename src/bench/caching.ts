// Unmasks a plugin that remembers: the same frame over and over beside frames that all differ.
import { mean, median } from './averages.ts';
import type { FrameSpec, Phase } from './bench-order.ts';
import { ofTwenty } from './intervals.ts';
import type { Sample } from './sample-log.ts';

/** How quick repeated frames are beside new ones. */
export interface CachingResult {
  readonly identicalMs: number;
  readonly distinctMs: number;
  /** Distinct over identical: over 1 when repeated frames are quicker. */
  readonly ratio: number;
  /** The true ratio lies in here 95 times of 100. */
  readonly interval: readonly [low: number, high: number];
  /** Whether repeated frames are at least 10 % quicker, and that is no chance. */
  readonly remembers: boolean;
}

const block = 12;
const pairs = 20;
const most = { bytes: 256 << 20, copies: 64 };
const tellingRatio = 1.1;

/** Blocks of one frame that stays as it is, in turns with blocks of frames in memory of their own that never repeat. */
export function cachingPlan(frameBytes: number, from: number): { frames: FrameSpec[]; phase: Phase } {
  const copies = Math.max(2, Math.min(most.copies, Math.floor(most.bytes / frameBytes)));
  const frames = [{ picture: 0 }, ...Array.from({ length: copies }, () => ({ picture: 0, stamped: true }))];
  const identical = new Array<number>(block).fill(from);
  const distinct = (pair: number): number[] => identical.map((_, at) => from + 1 + ((pair * block + at) % copies));
  const sequence = Array.from({ length: pairs }, (_, pair) => [...identical, ...distinct(pair)]).flat();
  return { frames, phase: { name: 'caching', frames: sequence, iterations: sequence.length } };
}

/** Compares the blocks; the first inspection of each is left out, for it follows the other kind. */
export function judgeCaching(taken: readonly Sample[]): CachingResult {
  const medianOf = (start: number): number => median(taken.slice(start + 1, start + block).map(({ wall }) => wall));
  const both = Array.from({ length: pairs }, (_, pair) => [medianOf(2 * pair * block), medianOf((2 * pair + 1) * block)] as const);
  const logs = both.map(([identical, distinct]) => Math.log(distinct / identical));
  const [low, high] = ofTwenty(logs);
  const ratio = Math.exp(mean(logs));
  return {
    identicalMs: median(both.map(([identical]) => identical)),
    distinctMs: median(both.map(([, distinct]) => distinct)),
    ratio,
    interval: [Math.exp(low), Math.exp(high)],
    remembers: low > 0 && ratio >= tellingRatio,
  };
}
