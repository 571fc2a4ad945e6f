// JSON Schema of what `mvas build --json` prints.
import { platformKeys } from '../core/platform.ts';

/** Describes a {@link BuiltPlugin}. */
export const builtPluginSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/built-plugin.json',
  title: 'A library that mvas build made',
  type: 'object',
  additionalProperties: false,
  required: ['path', 'platform', 'sizeBytes', 'exports'],
  properties: {
    path: { type: 'string', description: 'absolute' },
    platform: { enum: platformKeys },
    sizeBytes: { type: 'integer', minimum: 0 },
    exports: { type: 'array', items: { type: 'string' }, description: 'names of exported functions, sorted' },
  },
} as const;
