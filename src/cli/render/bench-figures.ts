// How the terminal shows figures of a benchmark.
import { type LatencyStats, neededSamples, type Percentile } from '../../bench/percentiles.ts';

/** Milliseconds with as many digits as they are worth. */
export function time(ms: number): string {
  return `${ms >= 100 ? ms.toFixed(0) : ms >= 1 ? ms.toFixed(2) : ms.toFixed(4)}ms`;
}

/** A percentile, or how many samples it would need. */
export function percentile(latency: LatencyStats, name: Percentile): string {
  const value = latency[name];
  return value === null ? `n/a (${neededSamples[name]} needed)` : time(value);
}

/** Columns of figures after one of words. */
export function figureColumns(first: string, titles: readonly string[]) {
  return [{ title: first }, ...titles.map((title) => ({ title, align: 'right' as const }))];
}

/** A share in percent. */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}

/** Milliseconds for a page, where there is room. */
export function spacedTime(ms: number): string {
  return time(ms).replace('ms', ' ms');
}

/** A percentile for a page. */
export function spacedPercentile(latency: LatencyStats, name: Percentile): string {
  return percentile(latency, name).replace(/ms$/, ' ms');
}

/** Inspections a second with three digits, never in powers of ten. */
export function rate(fps: number): string {
  return fps >= 1000 ? fps.toFixed(0) : fps.toPrecision(3);
}
