// JSON Schema of what `mvas upgrade --json` and `mvas add --json` print.
import { answersSchema } from '../scaffold-report-schema.ts';

const text = { type: 'string' } as const;
const sha256 = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;
const count = { type: 'integer', minimum: 0 } as const;

const version = {
  type: 'object',
  additionalProperties: false,
  required: ['version', 'digest'],
  properties: { version: { ...text, description: 'of the kit' }, digest: { ...sha256, description: 'of the template and the SDK' } },
} as const;

const file = {
  type: 'object',
  additionalProperties: false,
  required: ['path', 'action'],
  properties: {
    path: { ...text, description: 'in the project, with /' },
    action: { enum: ['create', 'identical', 'kept', 'update', 'merge', 'rename', 'delete', 'conflict'] },
    from: { ...text, description: 'path before, where it is renamed' },
    sha256: { ...sha256, description: 'of what is written there' },
    sizeBytes: count,
    note: text,
  },
} as const;

/** Describes a {@link MergeReport}. */
export const mergeReportSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/merge-report.json',
  title: 'What mvas upgrade or mvas add did to a project, or in a dry run would do',
  type: 'object',
  additionalProperties: false,
  required: ['root', 'template', 'from', 'to', 'answers', 'written', 'pending', 'conflicts', 'files', 'notes'],
  properties: {
    root: text,
    template: text,
    from: version,
    to: version,
    answers: answersSchema,
    written: { type: 'boolean' },
    pending: { ...count, description: 'files that are not as they should be' },
    conflicts: { ...count, description: 'files that a person must look at' },
    files: { type: 'array', items: file },
    notes: { type: 'array', items: text },
  },
} as const;
