// Sizes, pixel formats and strides of one picture: what a frame's layout costs.
import { type FrameFormat, frameChannels } from '../image/frame.ts';
import type { FrameSpec, Phase } from './bench-order.ts';
import { type LatencyStats, summarizeLatencies } from './percentiles.ts';
import type { Timing } from './run-timing.ts';
import { type Sample, timesOf } from './sample-log.ts';

/** One size, pixel format or stride of the picture. */
export interface SweepRow {
  readonly kind: 'size' | 'format' | 'stride';
  readonly width: number;
  readonly height: number;
  readonly format: string;
  readonly strideBytes: number;
  /** Null where the plugin refused it: then `refused` is its message. */
  readonly latency: LatencyStats | null;
  readonly megapixelsPerSecond: number | null;
  readonly refused?: string;
}

/** A frame of the sweep. */
export interface SweepFrame extends FrameSpec {
  readonly kind: SweepRow['kind'];
}

const mostPixels = 64_000_000;
const inspectionsEach = 20;

/** Sizes from a quarter of the edges to the double, every pixel format, and rows with bytes behind them. */
export function sweepFrames(width: number, height: number): SweepFrame[] {
  const rest = { picture: 0, mayFail: true };
  const sizes = [0.25, 0.5, 1, 2].map((scale) => ({
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  }));
  const formats = Object.keys(frameChannels) as FrameFormat[];
  return [
    ...sizes.filter((size) => size.width * size.height <= mostPixels).map((size) => ({ ...rest, ...size, kind: 'size' as const })),
    ...formats.map((format) => ({ ...rest, format, kind: 'format' as const })),
    ...[0, 1, 64].map((padding) => ({ ...rest, padding, kind: 'stride' as const })),
  ];
}

/** Each of them in turn, so that what disturbs the machine disturbs all alike; `from` is the number of the first frame. */
export function sweepPhase(count: number, from: number): Phase {
  const frames = Array.from({ length: count }, (_, at) => from + at);
  return { name: 'sweep', frames, iterations: inspectionsEach * count, warmup: count };
}

/** One row a frame. */
export function sweepRows(timing: Timing, taken: readonly Sample[], specs: readonly SweepFrame[], from: number): SweepRow[] {
  return specs.map(({ kind }, at) => {
    const { width = 0, height = 0, format = '', strideBytes = 0, refused } = timing.frames[from + at] ?? {};
    const times = timesOf(taken, from + at);
    const row = { kind, width, height, format, strideBytes };
    if (times.length === 0) return { ...row, latency: null, megapixelsPerSecond: null, refused: refused ?? 'not timed' };
    const latency = summarizeLatencies(times);
    return { ...row, latency, megapixelsPerSecond: (width * height) / latency.median / 1000 };
  });
}
