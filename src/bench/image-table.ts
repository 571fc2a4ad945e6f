// Every picture of a folder, timed in turns: which of them are slow.
import type { FrameSpec, Phase } from './bench-order.ts';
import type { CheckedResults } from './check-results.ts';
import type { LatencyStats } from './percentiles.ts';

/** One picture of the folder. */
export interface ImageRow extends Omit<CheckedResults, 'inspections'> {
  readonly width: number;
  readonly height: number;
  readonly latency: LatencyStats;
}

const leastEach = 10;

/** All pictures in turn, so that what disturbs the machine disturbs all alike; `from` is the number of the first picture. */
export function imagePlan(count: number, iterations: number, from: number, firstFrame: number): { frames: FrameSpec[]; phase: Phase } {
  const frames = Array.from({ length: count }, (_, image) => ({ picture: from + image, kept: true }));
  const phase = {
    name: 'images',
    frames: frames.map((_, at) => firstFrame + at),
    iterations: count * Math.max(leastEach, Math.ceil(iterations / count)),
    warmup: count,
  };
  return { frames, phase };
}
