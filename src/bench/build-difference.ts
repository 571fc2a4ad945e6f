// Whether one build is faster than another: from medians of processes that were run in turns.
import { mulberry32 } from '../core/mulberry32.ts';
import { median } from './averages.ts';
import { mannWhitney, mannWhitneyApart } from './mann-whitney.ts';

/** Medians of two processes that ran one after the other, in milliseconds. */
export interface Round {
  readonly oldMs: number;
  readonly newMs: number;
}

/** What the rounds say about the new build. */
export interface BuildDifference {
  /** Time of the new build over that of the old one; 1.05 is 5 % slower. */
  readonly ratio: number;
  /** The true ratio lies in here 99 times of 100. */
  readonly interval: readonly [low: number, high: number];
  /** How often such medians would come from equal builds. */
  readonly p: number;
  readonly verdict: 'better' | 'same' | 'worse' | 'inconclusive';
}

/** Differences below are not called better or worse, and an interval within is called the same. */
export const equalWithin = 0.02;

const leastDifference = 0.01;
const level = 0.01;
const resamples = 1000;

/**
 * Judges at least eight rounds. Worse (better): the whole interval lies above (below) 1, the Mann-Whitney test agrees, and the ratio is
 * off by 1 % or more. Same: the whole interval lies within 2 % of 1. Else inconclusive.
 */
export function judgeDifference(rounds: readonly Round[]): BuildDifference {
  const logs = rounds.map(({ oldMs, newMs }) => Math.log(newMs / oldMs));
  const ratio = Math.exp(centre(logs));
  const [low, high] = bootstrap(logs.length, (draw) => centre(draw(logs)));
  const p = mannWhitney(logs);
  const isClear = p < level && Math.abs(ratio - 1) >= leastDifference;
  const verdict =
    isClear && low > 1
      ? 'worse'
      : isClear && high < 1
        ? 'better'
        : low >= 1 - equalWithin && high <= 1 + equalWithin
          ? 'same'
          : 'inconclusive';
  return { ratio, interval: [low, high], p, verdict };
}

/** Hodges and Lehmann's estimate: the median of the means of all pairs. A few disturbed rounds do not move it. */
function centre(values: readonly number[]): number {
  const means = new Float64Array((values.length * (values.length + 1)) / 2);
  let count = 0;
  for (let at = 0; at < values.length; at += 1)
    for (let other = at; other < values.length; other += 1) means[count++] = ((values[at] ?? 0) + (values[other] ?? 0)) / 2;
  return median(means);
}

/**
 * Judges medians of processes that were timed on two occasions. Worse (better): the whole interval lies above 1.02 (below 0.98) and
 * the Mann-Whitney test agrees; nothing cancels here what the machine did differently on the second occasion, so that less is not
 * believed. Same: the whole interval lies within 2 % of 1. Else inconclusive.
 */
export function judgeRecorded(old: readonly number[], now: readonly number[]): BuildDifference {
  const [former, later] = [old.map(Math.log), now.map(Math.log)] as const;
  const ratio = Math.exp(shift(former, later));
  const [low, high] = bootstrap(old.length + now.length, (draw) => shift(draw(former), draw(later)));
  const p = mannWhitneyApart(former, later);
  const isClear = p < level;
  const within = low >= 1 - equalWithin && high <= 1 + equalWithin;
  const verdict =
    isClear && low > 1 + equalWithin ? 'worse' : isClear && high < 1 - equalWithin ? 'better' : within ? 'same' : 'inconclusive';
  return { ratio, interval: [low, high], p, verdict };
}

/** Hodges and Lehmann's shift: the median of the differences of all pairs. */
function shift(former: readonly number[], later: readonly number[]): number {
  return median(former.flatMap((one) => later.map((other) => other - one)));
}

/** Takes as many values as there are, each any of them. */
type Draw = (values: readonly number[]) => number[];

/** Percentiles 0.5 and 99.5 of an estimate, as a ratio, over values drawn again with replacement. */
function bootstrap(seed: number, estimate: (draw: Draw) => number): [low: number, high: number] {
  const next = mulberry32(seed);
  const draw: Draw = (values) => Array.from(values, () => values[Math.floor((next() / 2 ** 32) * values.length)] ?? 0);
  const drawn = Array.from({ length: resamples }, () => estimate(draw)).sort((a, b) => a - b);
  const end = (at: number): number => Math.exp(drawn[at] ?? 0);
  return [end(Math.floor((resamples * level) / 2)), end(Math.ceil(resamples * (1 - level / 2)) - 1)];
}
