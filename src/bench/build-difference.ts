// Whether one build is faster than another: from medians of processes that were run in turns.
import { mulberry32 } from '../core/mulberry32.ts';
import { median } from './averages.ts';
import { mannWhitney } from './mann-whitney.ts';

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
  const [low, high] = bootstrap(logs).map(Math.exp) as [number, number];
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

/** Percentiles 0.5 and 99.5 of the estimate over rounds drawn again, with replacement. */
function bootstrap(values: readonly number[]): [low: number, high: number] {
  const next = mulberry32(values.length);
  const drawn = Array.from({ length: resamples }, () =>
    centre(Array.from(values, () => values[Math.floor((next() / 2 ** 32) * values.length)] ?? 0)),
  ).sort((a, b) => a - b);
  return [drawn[Math.floor((resamples * level) / 2)] ?? 0, drawn[Math.ceil(resamples * (1 - level / 2)) - 1] ?? 0];
}
