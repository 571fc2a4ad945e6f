// JSON Schema of the report of `mvas golden compare`.
import { goldenLineSchema } from './golden-report-schema.ts';
import { count, number, object, text } from './report-head-schema.ts';

const digest = { type: ['string', 'null'], pattern: '^[0-9a-f]{64}$' } as const;
const head = object({
  file: text,
  kind: { enum: ['plugin', 'model'] },
  name: text,
  version: text,
  plugin: digest,
  model: digest,
  config: digest,
});
const side = { oneOf: [object({ decision: text, anomalyScore: { type: ['number', 'null'] } }), { type: 'null' }] } as const;

/** Describes what `mvas golden compare --json` prints. */
export const comparisonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/golden-comparison-v1.json',
  title: 'Comparison of two MVAS plugins over the same pictures',
  ...object({
    schema: { const: 'golden-comparison-v1' },
    a: head,
    b: head,
    kit: object({ version: text }),
    host: object({ platform: text, cpu: text }),
    ok: { type: 'boolean' },
    counts: object({ same: count, different: count, failed: count }),
    notCompared: { type: 'array', items: text },
    images: {
      type: 'array',
      items: object({
        image: text,
        status: { enum: ['same', 'different', 'failed'] },
        reasons: { type: 'array', items: text },
        lines: { type: 'array', items: goldenLineSchema },
        a: side,
        b: side,
      }),
    },
    durationMs: number,
  }),
};
