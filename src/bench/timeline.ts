// Latencies over time for a picture: of many samples the highest and lowest of each stretch stay, so that no spike is lost.
import type { Sample } from './sample-log.ts';

/** Points in the order of time. */
export interface Timeline {
  /** Milliseconds since the run began. */
  readonly atMs: readonly number[];
  readonly latencyMs: readonly number[];
  /** Samples that the points stand for. */
  readonly samples: number;
}

const mostPoints = 4000;

/** The points of a run; `latency` says what a sample's latency is. */
export function timelineOf(taken: readonly Sample[], latency: (sample: Sample) => number): Timeline {
  const points = thin(
    taken.map((sample) => ({ at: sample.at, ms: latency(sample) })),
    mostPoints,
  );
  return { atMs: points.map(({ at }) => round(at, 1)), latencyMs: points.map(({ ms }) => round(ms, 5)), samples: taken.length };
}

interface Point {
  readonly at: number;
  readonly ms: number;
}

function thin(points: readonly Point[], most: number): readonly Point[] {
  if (points.length <= most) return points;
  const stretches = most / 2;
  return Array.from({ length: stretches }, (_, stretch) => {
    const from = Math.floor((stretch * points.length) / stretches);
    const part = points.slice(from, Math.floor(((stretch + 1) * points.length) / stretches));
    const ends = [part.reduce((a, b) => (b.ms < a.ms ? b : a)), part.reduce((a, b) => (b.ms > a.ms ? b : a))];
    return ends.sort((a, b) => a.at - b.at);
  }).flat();
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
