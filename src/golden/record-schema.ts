// JSON Schema of what `mvas golden record` prints.
import { object, text } from './report-head-schema.ts';

/** Describes what was recorded and what was left as it is. */
export const recordSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/golden-record-v1.json',
  title: 'Recording of golden references',
  ...object({
    schema: { const: 'golden-record-v1' },
    expectedResults: { ...text, description: 'the file of references, relative to the project' },
    recorded: {
      type: 'array',
      items: object({ image: text, replaced: { type: 'boolean' }, decision: text, warning: text }, ['warning']),
    },
    kept: { type: 'array', items: text, description: 'images whose references were left as they are' },
  }),
} as const;
