import { describe, expect, test } from 'vitest';
import { judgeBudget, type Measured, samplesFor } from './judge-budget.ts';
import { neededSamples, type Percentile, summarizeLatencies } from './percentiles.ts';
import { replayTakt } from './takt.ts';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => count - at);

describe('statistics', () => {
  test('of the numbers 1 to 1000', () => {
    expect(summarizeLatencies(upTo(1000))).toMatchObject({
      samples: 1000, mean: 500.5, std: expect.closeTo(288.8194, 4), min: 1, median: 500.5, max: 1000, p90: 900, p95: 950, p99: 990, p999: null,
    }); // biome-ignore format: one line
  });

  test('of one number', () => {
    expect(summarizeLatencies([7])).toMatchObject({ samples: 1, mean: 7, std: 0, min: 7, median: 7, max: 7, p90: null });
  });

  test.each(Object.entries(neededSamples) as [Percentile, number][])(
    '%s is given from %i samples on, and not one earlier',
    (name, needed) => {
      expect(summarizeLatencies(upTo(needed - 1))[name]).toBeNull();
      expect(summarizeLatencies(upTo(needed))[name]).not.toBeNull();
    },
  );

  test('the needed samples give the range of a percentile with 99 % confidence: two samples lie above it', () => {
    // probability that at least two of n samples exceed the percentile p: 1 - p^n - n (1 - p) p^(n - 1)
    const confidence = (n: number, p: number): number => 1 - p ** n - n * (1 - p) * p ** (n - 1);
    for (const [name, p] of [
      ['p90', 0.9],
      ['p95', 0.95],
      ['p99', 0.99],
      ['p999', 0.999],
    ] as const) {
      // biome-ignore format: pairs
      expect(confidence(neededSamples[name], p)).toBeGreaterThanOrEqual(0.99);
      expect(confidence(neededSamples[name] - 1, p)).toBeLessThan(0.99);
    }
  });
});

describe('takt', () => {
  test('a part that takes exactly one takt is in time, one that takes longer is late', () => {
    expect(replayTakt([10, 10, 10], 10)).toEqual({ taktMs: 10, parts: 3, missed: 0, worstMs: 10 });
    expect(replayTakt([10, 10.1, 5], 10)).toMatchObject({ missed: 1, worstMs: 10.1 });
  });

  test('a long stall makes the parts behind it late, until the line has caught up', () => {
    expect(replayTakt([1, 35, 1, 1, 1, 1], 10)).toEqual({ taktMs: 10, parts: 6, missed: 3, worstMs: 35 });
  });
});

describe('budget', () => {
  const measured = (count: number, change: Partial<Measured> = {}): Measured => {
    const wallMs = new Array<number>(count).fill(10);
    return { wallMs, latency: summarizeLatencies(wallMs), throughputFps: 100, readyMs: [50], memoryMb: 30, ...change };
  };

  test.each([
    [{ p99_ms: 10 }, true],
    [{ p99_ms: 9.9 }, false],
    [{ takt_ms: 10 }, true],
    [{ takt_ms: 9.99 }, false],
    [{ throughput_fps: 100 }, true],
    [{ throughput_fps: 101 }, false],
    [{ load_ms: 50 }, true],
    [{ load_ms: 49 }, false],
    [{ memory_mb: 30 }, true],
    [{ memory_mb: 29.9 }, false],
  ])('%j is kept: %s', (budget, ok) => {
    expect(judgeBudget(budget, measured(1000)).map((line) => line.ok)).toEqual([ok]);
  });

  test('a limit that needs more samples is open, not kept', () => {
    expect(judgeBudget({ p99_ms: 100 }, measured(661))).toMatchObject([
      { limit: 'p99_ms', allowed: 100, value: null, ok: null, note: '662 samples needed, 661 measured' },
    ]);
    expect(judgeBudget({ takt_ms: 100 }, measured(661))[0]?.ok).toBeNull();
    expect(judgeBudget({ throughput_fps: 1 }, measured(63))[0]?.ok).toBeNull();
    expect([{ p99_ms: 1 }, { takt_ms: 1 }, { throughput_fps: 1 }, { load_ms: 1 }, {}].map((budget) => samplesFor(budget))).toEqual([
      662, 662, 64, 1, 1,
    ]);
  });

  test('no limits give no lines', () => {
    expect(judgeBudget({ image: 'a.png' }, measured(1))).toEqual([]);
  });
});
