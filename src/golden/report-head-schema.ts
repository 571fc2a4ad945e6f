// JSON Schema of what the reports of golden and bench have in common.

export const text = { type: 'string' } as const;
export const number = { type: 'number' } as const;
export const count = { type: 'integer', minimum: 0 } as const;
const sha256 = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;

/** An object that has all of these fields, those of `optional` perhaps, and no other. */
export function object<P extends Readonly<Record<string, unknown>>>(properties: P, optional: readonly string[] = []) {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', additionalProperties: false, required, properties } as const;
}

/** The fields of {@link ReportHead}, but `schema`. */
export const headProperties = {
  plugin: object({ path: text, sha256, name: text, version: text }),
  model: { oneOf: [object({ path: text, sha256 }), { type: 'null' }] },
  config: object({ sha256: { ...sha256, description: 'of the settings with sorted keys' } }),
  kit: object({ version: text }),
  host: object({ platform: text, cpu: text }),
} as const;

/** A whole report's schema, version 1. */
export function reportSchema(
  kind: 'golden' | 'bench' | 'evaluation',
  title: string,
  properties: Readonly<Record<string, unknown>>,
  optional: readonly string[] = [],
) {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `https://mvas.io/schema/${kind}-report-v1.json`,
    title,
    ...object({ schema: { const: `${kind}-report-v1` }, ...headProperties, ...properties }, optional),
  };
}
