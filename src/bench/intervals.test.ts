import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../test/random.ts';
import { mean, median } from './averages.ts';
import { distributionOf, histogramOf, sparkline } from './histogram.ts';
import { meanInterval, ofTwenty, quantileInterval, shareInterval } from './intervals.ts';
import { summarizeLatencies } from './percentiles.ts';

/** Positive numbers with a long tail, as latencies are. */
function latencies(seed: number, count: number): number[] {
  const next = seededRandom(seed);
  return Array.from({ length: count }, () => 1 - Math.log((next(1e6) + 1) / 1e6) + (next(100) === 0 ? 20 : 0));
}

/** The smallest sample that at least this share of all samples does not exceed, by counting. */
function byCounting(samples: readonly number[], percent: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const sample of samples) {
    let covered = 0;
    for (const other of samples) if (other <= sample) covered += 1;
    if (covered * 100 >= percent * samples.length - 1e-6 && sample < least) least = sample;
  }
  return least;
}

describe('percentiles and histograms', () => {
  test.each([1, 2, 3])('agree with counting, seed %i', (seed) => {
    const samples = latencies(seed, 700 + seed * 13);
    const one = 100 / samples.length;
    const { p90, p95, p99, min, max } = summarizeLatencies(samples);
    expect([p90, p95, p99]).toEqual([90, 95, 99].map((percent) => byCounting(samples, percent)));
    expect([min, max]).toEqual([Math.min(...samples), Math.max(...samples)]);
    for (const { percent, ms } of distributionOf(samples).filter(({ percent }) => percent % 9 === 0 || percent > 99)) {
      // the histogram rounds to four figures, and to one sample more or less
      expect(ms).toBeGreaterThan(byCounting(samples, Math.max(0, percent - one)) * 0.999);
      expect(ms).toBeLessThan(byCounting(samples, Math.min(100, percent + one)) * 1.001);
    }
  });

  test.each([1, 2, 3])('every sample is counted once, in the step it belongs to, seed %i', (seed) => {
    const samples = latencies(seed, 500);
    const { fromMs, stepMs, counts } = histogramOf(samples);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(500);
    for (const [step, count] of counts.slice(0, -1).entries()) {
      const [low, high] = [fromMs + step * stepMs, fromMs + (step + 1) * stepMs];
      expect(Math.abs(count - samples.filter((one) => one >= low && one < high).length)).toBeLessThanOrEqual(1); // rounding at the edge
    }
    expect(counts.at(-1)).toBeGreaterThanOrEqual(samples.filter((one) => one >= fromMs + 60 * stepMs).length);
  });

  test('equal samples make one bar, and a sparkline shows even the rarest', () => {
    expect(histogramOf([2, 2, 2]).counts.filter((count) => count > 0)).toEqual([3]);
    expect(sparkline([1000, 0, 1, 500])).toBe('█ ▁▄');
    expect(sparkline(histogramOf(latencies(7, 100)).counts, 30)).toHaveLength(30);
  });
});

describe('intervals hold the true value as often as they say', () => {
  const trials = 400;
  const share = (holds: (seed: number) => boolean): number =>
    Array.from({ length: trials }, (_, seed) => holds(seed + 1)).filter(Boolean).length / trials;
  const within = ([low, high]: readonly [number | null, number | null], value: number): boolean =>
    (low ?? Number.NEGATIVE_INFINITY) <= value && value <= (high ?? Number.POSITIVE_INFINITY);
  const uniform = (seed: number, count: number): number[] => {
    const next = seededRandom(seed * 7919);
    return Array.from({ length: count }, () => next(1e6) / 1e6);
  };

  test('of the median, of P99 and of the mean', () => {
    const sorted = (seed: number) => uniform(seed, 700).sort((a, b) => a - b);
    expect(share((seed) => within(quantileInterval(sorted(seed), 0.5), 0.5))).toBeGreaterThan(0.92);
    expect(share((seed) => within(quantileInterval(sorted(seed), 0.99), 0.99))).toBeGreaterThan(0.92);
    expect(share((seed) => within(meanInterval(uniform(seed, 400)), 0.5))).toBeGreaterThan(0.92);
    expect(share((seed) => within(ofTwenty(uniform(seed, 20)), 0.5))).toBeGreaterThan(0.92);
  });

  test('of a share, also where nothing was seen', () => {
    const late = (seed: number) => uniform(seed, 662).filter((value) => value < 0.01).length;
    expect(share((seed) => within(shareInterval(late(seed), 662), 0.01))).toBeGreaterThan(0.92);
    expect(shareInterval(0, 662)).toEqual([0, expect.closeTo(0.0058, 3)]);
    expect(shareInterval(662, 662)[1]).toBe(1);
  });

  test('too few samples tell no end', () => {
    expect(quantileInterval([1, 2, 3], 0.99)[1]).toBeNull();
    expect(meanInterval([1, 2, 3])).toEqual([null, null]);
  });
});

test('mean and median of an even and an odd number of values', () => {
  expect([mean([1, 2, 6]), median([6, 1, 2]), median([4, 1, 2, 9])]).toEqual([3, 2, 3]);
});
