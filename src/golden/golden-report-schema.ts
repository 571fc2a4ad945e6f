// JSON Schema of the report of `mvas golden`.
import { count, number, object, reportSchema, text } from './report-head-schema.ts';

const statuses = ['passed', 'failed', 'stale', 'missing'] as const;
const value = { type: ['number', 'string', 'null'], description: 'null: not a finite number' } as const;

/** One line of a comparison. */
export const goldenLineSchema = object(
  {
    output: { enum: ['decision', 'confidence', 'anomaly_score', 'anomaly_map', 'bboxes', 'visualization', 'details'] },
    rule: text,
    value,
    limit: { type: ['number', 'string'] },
    limitFrom: { enum: ['case', 'suite', 'profile', 'default'] },
    ok: { type: 'boolean' },
    note: text,
  },
  ['note'],
);

const image = object(
  {
    image: text,
    status: { enum: statuses },
    reasons: { type: 'array', items: text },
    lines: { type: 'array', items: goldenLineSchema },
    decision: text,
    anomalyScore: { type: ['number', 'null'] },
    provenance: { type: 'object', description: 'as in expected_results.json' },
  },
  ['decision', 'anomalyScore', 'provenance'],
);

/** Describes reports/golden.<platform>.json. */
export const goldenReportSchema = reportSchema('golden', 'Comparison of an MVAS plugin with its golden references', {
  expectedResults: text,
  ok: { type: 'boolean' },
  counts: object(Object.fromEntries(statuses.map((status) => [status, count]))),
  images: { type: 'array', items: image },
  durationMs: number,
});
