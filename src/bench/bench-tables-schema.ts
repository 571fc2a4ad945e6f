// JSON Schemas of the tables that a benchmark makes when it is asked to.
import { count, number, object, text } from '../golden/report-head-schema.ts';
import { flag, imageRow, latency, listOf, orNull, pair, share } from './latency-schema.ts';

const soakFigure = object({
  perHour: number,
  interval: pair('the true slope lies in here 99 times of 100'),
  growth: { ...number, description: 'over the settled part of the run' },
  verdict: { enum: ['grows', 'steady', 'too short'] },
  first: number,
  last: number,
  most: number,
});

const soakFigureOrNull = { oneOf: [soakFigure, { type: 'null' }] } as const;

const sweepRow = object(
  {
    kind: { enum: ['size', 'format', 'stride'] },
    width: count,
    height: count,
    format: text,
    strideBytes: count,
    latency: { oneOf: [latency, { type: 'null' }] },
    megapixelsPerSecond: orNull,
    refused: text,
  },
  ['refused'],
);

const cameraRow = object(
  { cameras: count, totalFps: number, efficiency: number, latency, takt: object({ parts: count, missed: count, worstMs: number }) },
  ['takt'],
);

/** Each may be absent. */
export const tableProperties = {
  soak: object({
    minutes: number,
    inspections: count,
    memory: { ...soakFigure, description: 'MiB' },
    bytesPerInspection: number,
    threads: soakFigureOrNull,
    descriptors: soakFigureOrNull,
    readings: listOf(object({ atMs: number, memoryMb: number, threads: orNull, descriptors: orNull })),
    ok: flag,
  }),
  images: listOf(imageRow),
  sweep: listOf(sweepRow),
  caching: object({ identicalMs: number, distinctMs: number, ratio: number, interval: share, remembers: flag }),
  cameras: listOf(cameraRow),
} as const;
