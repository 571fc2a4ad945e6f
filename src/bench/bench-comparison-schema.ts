// JSON Schema of what `mvas bench compare` prints.
import { count, headProperties, number, object, text } from '../golden/report-head-schema.ts';
import { machine } from './bench-report-schema.ts';
import { flag, listOf, share } from './latency-schema.ts';

const { plugin, model, config, kit, host } = headProperties;

const build = object({
  plugin,
  model,
  config,
  format: text,
  medianMs: { ...number, description: 'median of the medians of its processes' },
  decisions: { type: 'object', additionalProperties: count },
});

/** What a comparison says. */
export const difference = {
  ratio: number,
  interval: { ...share, description: 'the true ratio lies in here 99 times of 100' },
  p: { ...number, description: 'how often such medians would come from equal builds' },
  verdict: { enum: ['better', 'same', 'worse', 'inconclusive'] },
} as const;

/** Describes the comparison of two builds; the ratio is new over old. */
export const benchComparisonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/bench-comparison-v1.json',
  title: 'Comparison of two builds of an MVAS plugin',
  ...object({
    schema: { const: 'bench-comparison-v1' },
    kit,
    host,
    machine,
    old: build,
    new: build,
    ...difference,
    unlike: { ...listOf(text), description: 'in what the two differ besides the library' },
    sameDecisions: flag,
    iterations: count,
    rounds: listOf(object({ oldMs: number, newMs: number })),
  }),
} as const;
