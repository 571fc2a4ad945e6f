// Counts latencies by their size, for pictures of how they are spread.
import { createHistogram } from 'node:perf_hooks';

/** Equal steps from `fromMs` on; the last one holds everything above it, too. */
export interface Histogram {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly counts: readonly number[];
}

/** How many do not exceed what: share in percent, latency in milliseconds. */
export interface DistributionPoint {
  readonly percent: number;
  readonly ms: number;
}

const steps = 60;
/** The picture reaches so many times as far above the 90th percentile as that lies above the least: a rare long one must not squeeze the rest. */
const tail = 3;

/** Counts at least one sample. */
export function histogramOf(samples: readonly number[]): Histogram {
  const sorted = Float64Array.from(samples).sort();
  const [first = 0, last = 0] = [sorted[0], sorted.at(-1)];
  const p90 = sorted[Math.ceil(0.9 * sorted.length) - 1] ?? last;
  const top = Math.min(last, p90 + tail * (p90 - first));
  const stepMs = (top - first) / steps || Math.max(first * 1e-3, 1e-6);
  const counts = new Array<number>(steps).fill(0);
  for (const sample of sorted) {
    const step = Math.min(steps - 1, Math.max(0, Math.floor((sample - first) / stepMs)));
    counts[step] = (counts[step] ?? 0) + 1;
  }
  return { fromMs: first, stepMs, counts };
}

/** The distribution by the histogram of node:perf_hooks, in nanoseconds with four figures, denser towards the tail. */
export function distributionOf(samples: readonly number[]): DistributionPoint[] {
  const histogram = createHistogram({ lowest: 1, highest: 3_600_000_000_000, figures: 4 });
  for (const sample of samples) histogram.record(Math.max(1, Math.round(sample * 1e6)));
  const told = shares.filter((percent) => percent === 100 || (100 - percent) * samples.length >= 100);
  return told.map((percent) => ({ percent, ms: histogram.percentile(percent) / 1e6 }));
}

/** Percent; those that no sample lies above are left out. */
const shares = [0.1, ...Array.from({ length: 99 }, (_, at) => at + 1), 99.5, 99.9, 99.95, 99.99, 100];

const bars = ' ▁▂▃▄▅▆▇█';

/** A histogram in one line of block characters; what occurs at all is never blank. */
export function sparkline(counts: readonly number[], width = 30): string {
  const length = Math.min(width, counts.length);
  const cells = Array.from({ length }, (_, cell) => {
    const from = Math.floor((cell * counts.length) / length);
    const to = Math.floor(((cell + 1) * counts.length) / length);
    return counts.slice(from, to).reduce((sum, count) => sum + count, 0);
  });
  const most = Math.max(1, ...cells);
  return cells.map((count) => bars[count === 0 ? 0 : Math.max(1, Math.round((8 * count) / most))]).join('');
}
