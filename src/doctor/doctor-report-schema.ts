// JSON Schema of what `mvas doctor --json` prints.
const text = { type: 'string' } as const;

/** Describes a {@link DoctorReport}. */
export const doctorReportSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/doctor-report.json',
  title: 'What a machine has and what is missing to make plugins',
  type: 'object',
  additionalProperties: false,
  required: ['ok', 'tools'],
  properties: {
    ok: { type: 'boolean', description: 'all that is required is there' },
    tools: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'title', 'required'],
        properties: { id: text, title: text, required: { type: 'boolean' }, found: text, path: text, problem: text, fix: text },
      },
    },
  },
} as const;
