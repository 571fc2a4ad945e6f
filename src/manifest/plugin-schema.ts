// The part of the manifest's schema that says what the plugin is, needs and gives.
import { categories, count, megabytes, packagePath, platformNames, text, versionRange } from './schema-parts.ts';

export const pluginSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['binaries'],
  properties: {
    interface_version: { type: 'string', pattern: '^2(\\.\\d+){0,2}$', description: 'a version 2 of the plugin interface such as "2.0"' },
    binaries: { type: 'object', minProperties: 1, propertyNames: platformNames, additionalProperties: packagePath },
    model: {
      type: 'object',
      additionalProperties: false,
      properties: {
        path: packagePath,
        fallback: packagePath,
        config: packagePath,
        engines: { type: 'object', propertyNames: platformNames, additionalProperties: packagePath },
      },
    },
    dependencies: {
      type: 'object',
      propertyNames: platformNames,
      additionalProperties: { type: 'array', items: packagePath },
    },
  },
} as const;

const flag = { type: 'boolean' } as const;

export const requirementsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    mvas_version: versionRange,
    min_mvas_version: versionRange,
    cuda_version: versionRange,
    tensorrt_version: versionRange,
    gpu_compute_capability: versionRange,
    glibc: { type: 'string', pattern: '^\\d+\\.\\d+$', description: 'a glibc version such as "2.35"' },
    gpu_memory_mb: megabytes,
    system_memory_mb: megabytes,
    min_memory_mb: megabytes,
    gpu_required: flag,
    gpu_recommended: flag,
    runtime: {
      type: 'object',
      additionalProperties: false,
      properties: { min_memory_mb: megabytes, gpu_memory_mb: megabytes, gpu_required: flag, gpu_recommended: flag },
    },
    dependencies: { type: 'object', additionalProperties: versionRange },
  },
} as const;

export const interfaceSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    thread_safe: flag,
    input: {
      type: 'object',
      additionalProperties: false,
      properties: {
        type: { const: 'image' },
        formats: { type: 'array', items: text },
        color_mode: { enum: ['RGB', 'BGR', 'GRAY', 'RGBA'] },
        resolution: {
          type: 'object',
          additionalProperties: false,
          properties: { width: count, height: count, resize_mode: text },
        },
        max_batch_size: count,
      },
    },
    output: {
      type: 'object',
      additionalProperties: false,
      properties: { type: { enum: categories }, provides: { type: 'array', items: text }, classes: { type: 'array', items: text } },
    },
  },
} as const;
