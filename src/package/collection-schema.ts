// JSON Schema of what `mvas collect --json` prints.
import { platformKeys } from '../core/platform.ts';

/** Describes a {@link Collection}. */
export const collectionSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/collection.json',
  title: 'What mvas collect put into a project',
  type: 'object',
  additionalProperties: false,
  required: ['root', 'platforms'],
  properties: {
    root: { type: 'string', description: 'absolute' },
    platforms: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['platform', 'folder', 'files'],
        properties: {
          platform: { enum: platformKeys },
          folder: { type: 'string', description: 'where they came from, absolute' },
          files: {
            type: 'array',
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['path', 'sha256'],
              properties: {
                path: { type: 'string', description: 'in the project' },
                sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
              },
            },
          },
        },
      },
    },
  },
} as const;
