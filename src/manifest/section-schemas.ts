// The sections that manifests of every kind share.
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

export const minKitVersionSchema = {
  type: 'string',
  pattern: '^\\d+\\.\\d+\\.\\d+$',
  description: 'a version of the kit such as "1.0.0"',
} as const;

export const manifestVersionSchema = { type: 'string', pattern: '^2(\\.\\d+){0,2}$', description: 'a version 2 such as "2.0.0"' } as const;

export const configurationSchema = {
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
} as const;

export const performanceSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    baseline,
    hardware_tested: { type: 'object', additionalProperties: false, properties: { gpu: text, cpu: text } },
  },
} as const;

export const testingSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    test_images: packagePath,
    benchmark_images: packagePath,
    expected_results: packagePath,
    test_suite: packagePath,
    performance_baseline: baseline,
  },
} as const;

export const extraFilesSchema = { type: 'array', items: packagePath } as const;
