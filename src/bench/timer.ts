// What the clock is worth: its smallest step and the price of reading it.
import { performance } from 'node:perf_hooks';

/** Measures the clock that inspections are timed by; milliseconds. */
export function measureTimer(): { resolutionMs: number; overheadMs: number } {
  const readings = Array.from({ length: 10_000 }, () => performance.now());
  const steps = readings.slice(1).map((reading, at) => reading - (readings[at] ?? 0));
  const sorted = steps.toSorted((a, b) => a - b);
  return { resolutionMs: sorted.find((step) => step > 0) ?? 0, overheadMs: sorted[sorted.length >> 1] ?? 0 };
}
