// The schema of a manifest of version 1: script packages as they exist in the field.
import type { FromSchema } from 'json-schema-to-ts';
import { appSchema } from './app-schema.ts';
import { categories, count, megabytes, packagePath, text, versionRange } from './schema-parts.ts';

const flag = { type: 'boolean' } as const;
const { id, name, version, description, author, license, category, tags, created, updated, icon } = appSchema.properties;

const runtime = {
  type: 'object',
  additionalProperties: false,
  properties: {
    device: { enum: ['auto', 'cpu', 'cuda'] },
    precision: { enum: ['fp32', 'fp16', 'int8'] },
    batch_size: count,
    num_threads: { type: 'integer', minimum: 0 },
  },
} as const;

/** JSON Schema 2020-12 of a version 1 manifest; a field it does not name is a warning. */
export const v1ManifestSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/manifest-v1.json',
  title: 'MVAS manifest 1.0',
  type: 'object',
  additionalProperties: false,
  required: ['app', 'model'],
  properties: {
    $schema: { type: 'string' },
    mvas_version: text,
    manifest_version: { type: 'string', pattern: '^[01](\\.\\d+){0,2}$', description: 'a version below 2 such as "1.0"' },
    package_type: { const: 'script' },
    app: {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'name', 'version'],
      properties: { id, name, version, description, author, license, category, tags, created, updated, icon },
    },
    model: {
      type: 'object',
      additionalProperties: false,
      required: ['path'],
      properties: {
        type: { enum: categories },
        algorithm: text,
        framework: text,
        path: packagePath,
        additional_files: { type: 'array', items: packagePath },
        runtime,
      },
    },
    input: {
      type: 'object',
      additionalProperties: false,
      properties: {
        type: text,
        color_mode: text,
        resolution: {
          type: ['object', 'array'],
          additionalProperties: false,
          properties: { width: count, height: count, resize_mode: text },
          items: count,
        },
        preprocessing: packagePath,
        roi_mask: { ...packagePath, type: ['string', 'null'] },
      },
    },
    output: {
      type: 'object',
      additionalProperties: false,
      properties: { type: text, postprocessing: packagePath, save_images: flag, save_visualizations: flag },
    },
    requirements: {
      type: 'object',
      additionalProperties: false,
      properties: { min_mvas_version: versionRange, gpu_required: flag, min_memory_mb: megabytes },
    },
  },
} as const;

/** A manifest of version 1 as its author wrote it. */
export type WrittenV1Manifest = FromSchema<typeof v1ManifestSchema>;
