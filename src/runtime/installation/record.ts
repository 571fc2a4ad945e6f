// What is remembered of an installed release: its files, and the signatures for which it was taken.
import type { FromSchema } from 'json-schema-to-ts';
import { readJsonFile } from '../../core/json-file.ts';
import { KitError } from '../../core/kit-error.ts';
import { brokenRules } from '../../schema/broken-rules.ts';
import { lazySchema } from '../../schema/compile-schema.ts';
import { releasePlaces } from './places.ts';

const sha256 = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;
const text = { type: 'string', minLength: 1 } as const;

const recordSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['formatVersion', 'id', 'version', 'installedAt', 'files', 'signatures'],
  properties: {
    formatVersion: { const: 1 },
    id: text,
    version: text,
    versionCode: { type: 'integer' },
    installedAt: { type: 'string', format: 'date-time' },
    files: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'sizeBytes', 'sha256'],
        properties: { name: text, sizeBytes: { type: 'integer', minimum: 0 }, sha256 },
      },
    },
    signatures: {
      type: 'array',
      description: 'those of trusted signers; empty for a package that nobody signed',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['keyid', 'sig'],
        properties: {
          keyid: sha256,
          sig: text,
          subject: text,
          certificates: { type: 'array', items: text },
          timestamp: text,
        },
      },
    },
  },
} as const;

/** The record of a release. */
export type InstallRecord = FromSchema<typeof recordSchema>;

const checkRecord = lazySchema(recordSchema);

/** What mends files that say what is installed: no package is installed over what nobody can judge it by. */
export const reinstallHint = 'remove the app with mvas uninstall, then install it again';

/** @throws {@link KitError} `FILE_NOT_FOUND`, `FILE_INVALID` for one that is damaged. */
export async function readRecord(release: string): Promise<InstallRecord> {
  const path = releasePlaces(release).record;
  const value = await readJsonFile(path);
  const broken = brokenRules(checkRecord(value));
  if (broken === undefined) return value as InstallRecord;
  throw new KitError('FILE_INVALID', broken, { thing: path, hint: reinstallHint });
}
