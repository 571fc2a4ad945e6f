// JSON Schema of what `mvas new --json` prints.
import { platformKeys } from '../core/platform.ts';
import { ciServices } from './answers.ts';

const text = { type: 'string' } as const;
const sha256 = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;

/** The answers that a project records. */
export const answersSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'title', 'appId', 'author', 'description', 'platforms', 'ci', 'year'],
  properties: {
    name: text,
    title: text,
    appId: text,
    author: text,
    description: text,
    platforms: { type: 'array', items: { enum: platformKeys } },
    ci: { enum: ciServices },
    year: { type: 'integer' },
    model: { type: 'object', description: 'what is known of the model that the project was made for' },
  },
} as const;

const file = {
  type: 'object',
  additionalProperties: false,
  required: ['path', 'action', 'sha256', 'sizeBytes'],
  properties: {
    path: { ...text, description: 'in the project, with /' },
    action: { enum: ['create', 'identical', 'conflict'] },
    sha256,
    sizeBytes: { type: 'integer', minimum: 0 },
  },
} as const;

/** Describes a {@link ScaffoldReport}. */
export const scaffoldReportSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/scaffold-report.json',
  title: 'What mvas new made, or in a dry run would make',
  type: 'object',
  additionalProperties: false,
  required: ['root', 'template', 'version', 'digest', 'answers', 'written', 'files', 'notes'],
  properties: {
    root: text,
    template: text,
    version: { ...text, description: 'of the kit' },
    digest: { ...sha256, description: 'of the template and the SDK' },
    answers: answersSchema,
    written: { type: 'boolean' },
    files: { type: 'array', items: file },
    notes: { type: 'array', items: text },
  },
} as const;
