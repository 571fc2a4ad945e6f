// The schema of a native manifest, the one source of its published form and of the type of what authors write.
import type { FromSchema } from 'json-schema-to-ts';
import { appSchema, marketplaceSchema } from './app-schema.ts';
import { interfaceSchema, pluginSchema, requirementsSchema } from './plugin-schema.ts';
import {
  configurationSchema,
  extraFilesSchema,
  manifestVersionSchema,
  minKitVersionSchema,
  performanceSchema,
  testingSchema,
} from './section-schemas.ts';

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
    manifest_version: manifestVersionSchema,
    package_type: { const: 'native' },
    minKitVersion: minKitVersionSchema,
    app: appSchema,
    plugin: pluginSchema,
    requirements: requirementsSchema,
    interface: interfaceSchema,
    configuration: configurationSchema,
    performance: performanceSchema,
    testing: testingSchema,
    marketplace: marketplaceSchema,
    extraFiles: extraFilesSchema,
  },
} as const;

/** A native manifest as its author wrote it, either spelling. */
export type WrittenManifest = FromSchema<typeof nativeManifestSchema>;
