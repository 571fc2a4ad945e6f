// Statistics of latencies; a percentile is given only when there are enough samples to know it.
import { mean as meanOf, median } from './averages.ts';
import { type Interval, meanInterval, quantileInterval } from './intervals.ts';

/** Samples that a percentile needs so that its range is known with 99 % confidence. */
export const neededSamples = { p90: 64, p95: 130, p99: 662, p999: 6636 } as const;

/** A percentile that has to be earned. */
export type Percentile = keyof typeof neededSamples;

const shares: Readonly<Record<Percentile, number>> = { p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999 };

/** Latencies in milliseconds; a percentile that is not earned is null. */
export interface LatencyStats extends Readonly<Record<Percentile, number | null>> {
  readonly samples: number;
  readonly mean: number;
  /** Standard deviation of the samples. */
  readonly std: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
  /** Where the true values lie, 95 times of 100. */
  readonly interval: { readonly mean: Interval; readonly median: Interval; readonly p99: Interval };
}

/** Sums up at least one sample, in the order in which they were taken. */
export function summarizeLatencies(samples: readonly number[]): LatencyStats {
  const sorted = Float64Array.from(samples).sort();
  const mean = meanOf(samples);
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const earned = (name: Percentile): number | null => (sorted.length >= neededSamples[name] ? rank(sorted, shares[name]) : null);
  return {
    samples: sorted.length,
    mean,
    std: Math.sqrt(squares / Math.max(1, sorted.length - 1)),
    min: rank(sorted, 0),
    median: median(samples),
    max: rank(sorted, 1),
    p90: earned('p90'),
    p95: earned('p95'),
    p99: earned('p99'),
    p999: earned('p999'),
    interval: { mean: meanInterval(samples), median: quantileInterval(sorted, 0.5), p99: quantileInterval(sorted, shares.p99) },
  };
}

/** The smallest sample that at least this share of all samples does not exceed. */
function rank(sorted: Float64Array, share: number): number {
  // the product of a decimal share may lie a hair above the whole number that is meant
  const place = Math.ceil(share * sorted.length - 1e-9);
  return sorted[Math.min(sorted.length, Math.max(1, place)) - 1] ?? Number.NaN;
}
