// JSON Schema of what `mvas bench compare` prints of two recorded reports.
import { count, headProperties, number, object, text } from '../golden/report-head-schema.ts';
import { difference } from './bench-comparison-schema.ts';
import { machine, picture } from './bench-report-schema.ts';
import { flag, listOf } from './latency-schema.ts';

const side = object({
  report: text,
  ...headProperties,
  machine,
  image: picture,
  decisions: { type: 'object', additionalProperties: count },
  medianMs: { ...number, description: 'median of the medians of its processes' },
  mediansMs: listOf(number),
});

/** Describes the comparison of two recorded reports; the ratio is new over old. */
export const recordedComparisonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/bench-recorded-comparison-v1.json',
  title: 'Comparison of two recorded benchmarks of an MVAS plugin',
  ...object({
    schema: { const: 'bench-recorded-comparison-v1' },
    old: side,
    new: side,
    ...difference,
    unlike: { ...listOf(text), description: 'in what the two differ besides the library, with the values of both' },
    sameDecisions: flag,
  }),
} as const;
