// What a signature says: an in-toto statement with every file of the package and what the package is.
import type { FromSchema } from 'json-schema-to-ts';
import type { Manifest } from '../manifest/script-manifest.ts';
import { contentDigest, type FileDigest, signedFiles } from '../package/content-digest.ts';
import { brokenRules } from '../schema/broken-rules.ts';
import { lazySchema } from '../schema/compile-schema.ts';
import { sha256Schema } from '../schema/sha256-schema.ts';
import { invalid, strictly } from './envelope.ts';
import { type LineageLink, lineageSchema, parseLineage } from './lineage.ts';
import { parseStrictJson } from './strict-json.ts';

const statementType = 'https://in-toto.io/Statement/v1';
const predicateType = 'https://mvas.io/attestations/package/v1';
const text = { type: 'string', minLength: 1 } as const;

const statementSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['_type', 'subject', 'predicateType', 'predicate'],
  properties: {
    _type: { const: statementType },
    subject: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'digest', 'annotations'],
        properties: {
          name: text,
          digest: { type: 'object', additionalProperties: false, required: ['sha256'], properties: { sha256: sha256Schema } },
          annotations: {
            type: 'object',
            additionalProperties: false,
            required: ['size'],
            properties: { size: { type: 'integer', minimum: 0 } },
          },
        },
      },
    },
    predicateType: { const: predicateType },
    predicate: {
      type: 'object',
      additionalProperties: false,
      required: ['formatVersion', 'id', 'version', 'abi', 'platforms', 'contentDigest'],
      properties: {
        formatVersion: { const: 1 },
        id: text,
        version: text,
        abi: text,
        platforms: { type: 'array', minItems: 1, items: text },
        contentDigest: sha256Schema,
        signedAt: { type: 'string', format: 'date-time' },
        minKitVersion: text,
        lineage: lineageSchema,
      },
    },
  },
} as const;

/** The signed statement. */
export type Statement = FromSchema<typeof statementSchema>;

const checkStatement = lazySchema(statementSchema);

/** What a statement may say besides. */
export interface StatementExtras {
  /** Information only. */
  readonly signedAt?: Date | undefined;
  /** Proofs that earlier keys of the signer vouch for the later ones. */
  readonly lineage?: readonly LineageLink[] | undefined;
}

/** Says what a package is and holds. */
export function makeStatement(
  manifest: Manifest,
  files: readonly FileDigest[],
  { signedAt, lineage = [] }: StatementExtras = {},
): Statement {
  return {
    _type: statementType,
    subject: signedFiles(files).map(({ name, sha256: digest, sizeBytes }) => ({
      name,
      digest: { sha256: digest },
      annotations: { size: sizeBytes },
    })),
    predicateType,
    predicate: {
      formatVersion: 1,
      ...identityOf(manifest),
      contentDigest: contentDigest(files),
      ...(signedAt && { signedAt: signedAt.toISOString() }),
      ...(lineage.length > 0 && { lineage: [...lineage] }),
    },
  };
}

/** What the predicate must say of a package with that manifest; scripts and pipelines have no ABI and run anywhere. */
export function identityOf(manifest: Manifest): Pick<Statement['predicate'], 'id' | 'version' | 'abi' | 'platforms' | 'minKitVersion'> {
  const { app, minKitVersion } = manifest;
  const built =
    manifest.package_type === 'native'
      ? { abi: manifest.plugin.interface_version, platforms: Object.keys(manifest.plugin.binaries).sort() }
      : { abi: manifest.package_type, platforms: ['any'] };
  return { id: app.id, version: app.version, ...built, ...(minKitVersion === undefined ? {} : { minKitVersion }) };
}

/** The fields of a statement that say something else of the package than its manifest does. */
export function misstated({ predicate }: Statement, manifest: Manifest): string[] {
  const said: Record<string, unknown> = predicate;
  return Object.entries({ minKitVersion: undefined, ...identityOf(manifest) })
    .filter(([field, value]) => JSON.stringify(said[field]) !== JSON.stringify(value))
    .map(([field]) => field);
}

/** The files that a statement speaks of. */
export function statedFiles(statement: Statement): FileDigest[] {
  return statement.subject.map(({ name, digest, annotations }) => ({ name, sha256: digest.sha256, sizeBytes: annotations.size }));
}

/**
 * Reads the payload of a signature.
 *
 * @throws {@link KitError} `SIGNATURE_INVALID` naming everything that is wrong with it.
 */
export function parseStatement(payload: Buffer): Statement {
  const value = strictly('the signed statement', () => parseStrictJson(payload));
  const broken = brokenRules(checkStatement(value));
  if (broken !== undefined) throw invalid(`the signed statement: ${broken}`);
  const statement = value as Statement;
  const files = statedFiles(statement);
  const ordered = signedFiles(files);
  if (ordered.length < files.length || files.some(({ name }, index) => name !== ordered[index]?.name)) {
    throw invalid('the signed statement does not list its files in bytewise order');
  }
  if (files.some(({ name }, index) => index > 0 && name === files[index - 1]?.name))
    throw invalid('the signed statement lists a file twice');
  if (contentDigest(files) !== statement.predicate.contentDigest)
    throw invalid('the signed statement gives a contentDigest that is not that of its files');
  parseLineage(statement.predicate.lineage ?? []);
  return statement;
}
