// JSON Schema of test/benchmark.json.

const positive = { type: 'number', exclusiveMinimum: 0 } as const;

/** Describes benchmark.json. */
export const benchmarkSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/benchmark.json',
  title: 'Speed budget of an MVAS plugin',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    image: { type: 'string', minLength: 1, description: 'Picture to time, relative to this file' },
    p99_ms: { ...positive, description: 'Limit of the 99th percentile of an inspection, in milliseconds' },
    takt_ms: { ...positive, description: 'Takt of the line in milliseconds: no part may be late' },
    throughput_fps: { ...positive, description: 'Inspections a second, at least' },
    load_ms: { ...positive, description: 'Limit from opening the library to ready, in milliseconds' },
    memory_mb: { ...positive, description: 'Limit of what the plugin adds to the memory of its host, in MiB' },
  },
} as const;
