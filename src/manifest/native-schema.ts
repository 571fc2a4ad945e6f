// The schema of a native manifest, the one source of its published form and of the type of what authors write.
import type { FromSchema } from 'json-schema-to-ts';
import { appSchema, marketplaceSchema } from './app-schema.ts';
import { interfaceSchema, pluginSchema, requirementsSchema } from './plugin-schema.ts';
import { milliseconds, packagePath, text } from './schema-parts.ts';

const baseline = {
  type: 'object',
  additionalProperties: false,
  properties: { load_time_ms: milliseconds, inference_time_ms: milliseconds, throughput_fps: milliseconds },
} as const;

const setting = {
  type: 'object',
  additionalProperties: false,
  required: ['key', 'type', 'default'],
  properties: {
    key: text,
    type: { enum: ['float', 'int', 'bool', 'string', 'enum'] },
    default: { type: ['number', 'boolean', 'string'] },
    min: { type: 'number' },
    max: { type: 'number' },
    options: { type: 'array', minItems: 1, items: text },
    label: { type: 'string' },
    description: { type: 'string' },
  },
} as const;

/** JSON Schema 2020-12 of a native manifest; a field it does not name is a warning, so editors underline it and readers go on. */
export const nativeManifestSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/manifest-v2-native.json',
  title: 'MVAS native plugin manifest 2.0.0',
  type: 'object',
  additionalProperties: false,
  required: ['manifest_version', 'app', 'plugin'],
  properties: {
    $schema: { type: 'string' },
    manifest_version: { type: 'string', pattern: '^2(\\.\\d+){0,2}$', description: 'a version 2 such as "2.0.0"' },
    package_type: { const: 'native' },
    minKitVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$', description: 'a version of the kit such as "1.0.0"' },
    app: appSchema,
    plugin: pluginSchema,
    requirements: requirementsSchema,
    interface: interfaceSchema,
    configuration: {
      type: 'object',
      additionalProperties: false,
      properties: {
        default_config: {
          ...packagePath,
          type: ['string', 'object'],
          description: 'a path inside the package, or the settings themselves',
        },
        user_configurable: { type: 'array', items: setting },
      },
    },
    performance: {
      type: 'object',
      additionalProperties: false,
      properties: {
        baseline,
        hardware_tested: { type: 'object', additionalProperties: false, properties: { gpu: text, cpu: text } },
      },
    },
    testing: {
      type: 'object',
      additionalProperties: false,
      properties: {
        test_images: packagePath,
        benchmark_images: packagePath,
        expected_results: packagePath,
        test_suite: packagePath,
        performance_baseline: baseline,
      },
    },
    marketplace: marketplaceSchema,
    extraFiles: { type: 'array', items: packagePath },
  },
} as const;

/** A native manifest as its author wrote it, either spelling. */
export type WrittenManifest = FromSchema<typeof nativeManifestSchema>;
