// JSON Schemas of the report of `mvas golden evaluate` and of its recorded baseline.
import { count, number, object, reportSchema, text } from '../report-head-schema.ts';

const flag = { type: 'boolean' } as const;
const share = { type: 'number', minimum: 0, maximum: 1 } as const;
const shareOrNull = { type: ['number', 'null'], minimum: 0, maximum: 1 } as const;
const digest = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;

const figures = object({
  auroc: share,
  averagePrecision: share,
  f1: share,
  bestF1: share,
  bestThreshold: number,
  pixelAuroc: shareOrNull,
  aupro: shareOrNull,
});
const difference = { type: ['number', 'null'] } as const;
const delta = object(Object.fromEntries(Object.keys(figures.properties).map((name) => [name, difference])));
const confusion = object({
  threshold: number,
  found: count,
  missed: count,
  passed: count,
  rejected: count,
  precision: share,
  recall: share,
  f1: share,
});

/** Describes what `mvas golden evaluate --json` prints. */
export const evaluationSchema = reportSchema('evaluation', 'How well an MVAS plugin tells good parts from defective ones', {
  folder: text,
  pictures: digest,
  images: { type: 'array', items: object({ image: text, label: text, defect: flag, decision: text, score: number }) },
  failed: { type: 'array', items: object({ image: text, reason: text }) },
  decisions: { type: 'array', items: object({ label: text, defect: flag, pass: count, review: count, fail: count, other: count }) },
  figures,
  atThreshold: confusion,
  best: confusion,
  curve: { type: 'array', items: object({ threshold: number, truePositiveRate: share, falsePositiveRate: share, precision: share }) },
  pixels: { oneOf: [object({ auroc: share, aupro: share, masks: count }), { type: 'null' }] },
  baseline: { oneOf: [object({ figures, delta, otherPictures: flag, reason: text }), { type: 'null' }] },
  durationMs: number,
});

/** Describes evaluation_baseline.json. */
export const baselineSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/evaluation-baseline.json',
  title: 'Recorded figures of an evaluation',
  ...object({ $schema: text, reason: text, pictures: digest, figures }, ['$schema']),
} as const;
