// The schema of pipeline and script manifests, the one source of its published form and of the type of what authors write.
import type { FromSchema } from 'json-schema-to-ts';
import { appSchema, marketplaceSchema } from './app-schema.ts';
import { requirementsSchema } from './plugin-schema.ts';
import { categories, count, packagePath, text } from './schema-parts.ts';
import {
  configurationSchema,
  extraFilesSchema,
  manifestVersionSchema,
  minKitVersionSchema,
  performanceSchema,
  testingSchema,
} from './section-schemas.ts';

const pipeline = {
  type: 'object',
  additionalProperties: false,
  required: ['definition'],
  properties: {
    definition: packagePath,
    type: { const: 'dag' },
    models_count: { type: 'integer', minimum: 0 },
    stages: { type: 'array', items: text },
  },
} as const;

const model = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'path', 'type'],
  properties: {
    id: text,
    path: packagePath,
    type: { enum: categories },
    framework: text,
    input_shape: { type: 'array', items: count },
    output_type: text,
    algorithm: text,
  },
} as const;

const processor = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'path', 'entry_point'],
  properties: {
    id: text,
    path: packagePath,
    entry_point: { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]*$', description: 'the name of a Python function' },
    sandbox: { const: 'python_restricted' },
    permissions: { type: 'array', items: { enum: ['read_results', 'write_output'] } },
  },
} as const;

const permission = {
  enum: ['camera.read', 'results.write', 'network.local', 'plc.write', 'database.write', 'network.external'],
} as const;

/** JSON Schema 2020-12 of a pipeline or script manifest; a field it does not name is a warning. */
export const scriptManifestSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/manifest-v2.json',
  title: 'MVAS pipeline or script manifest 2.0.0',
  type: 'object',
  additionalProperties: false,
  required: ['manifest_version', 'app', 'models'],
  properties: {
    $schema: { type: 'string' },
    manifest_version: manifestVersionSchema,
    package_type: { enum: ['pipeline', 'script'] },
    minKitVersion: minKitVersionSchema,
    app: appSchema,
    pipeline,
    models: { type: 'array', items: model },
    processors: { type: 'array', items: processor },
    permissions: {
      type: 'object',
      additionalProperties: false,
      properties: { required: { type: 'array', items: permission }, optional: { type: 'array', items: permission } },
    },
    preprocessing: { ...packagePath, description: 'the transforms of a script package: a path inside the package' },
    postprocessing: { ...packagePath, description: 'the rules of a script package: a path inside the package' },
    requirements: requirementsSchema,
    configuration: configurationSchema,
    performance: performanceSchema,
    testing: testingSchema,
    marketplace: marketplaceSchema,
    extraFiles: extraFilesSchema,
  },
} as const;

/** A pipeline or script manifest as its author wrote it, either spelling. */
export type WrittenScriptManifest = FromSchema<typeof scriptManifestSchema>;
