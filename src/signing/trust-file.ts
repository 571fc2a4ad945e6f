// What an organisation decides for all its machines: its keys, policies and revocations, in one versioned file that expires.

import { jsonFault } from '../core/json-fault.ts';
import { KitError } from '../core/kit-error.ts';
import { ruleText } from '../schema/broken-rules.ts';
import { lazySchema } from '../schema/compile-schema.ts';
import { type Pin, pinProblem, pinsSchema } from './pin.ts';
import { type Revocation, revocationsSchema } from './revocation.ts';
import { type RootRole, rootProblems, rootSchema } from './root-role.ts';
import { parseStrictJson } from './strict-json.ts';
import { policiesSchema, type TrustPolicy } from './trust-policy.ts';
import type { TrustFileHead } from './trust-store.ts';

/** JSON Schema of what is signed in trust.json. */
export const trustFileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/trust-v1.json',
  title: 'Whom an organisation trusts, and what it demands of packages',
  type: 'object',
  additionalProperties: false,
  required: ['formatVersion', 'name', 'version', 'expires', 'root', 'pins'],
  properties: {
    $schema: { type: 'string' },
    formatVersion: { const: 1 },
    name: { type: 'string', minLength: 1, maxLength: 200, description: 'the organisation' },
    version: { type: 'integer', minimum: 1, description: 'higher than that of every earlier file' },
    expires: { type: 'string', format: 'date-time', description: 'a time such as 2031-05-01T00:00:00Z' },
    root: rootSchema,
    pins: pinsSchema,
    policies: policiesSchema,
    revoked: revocationsSchema,
  },
} as const;

/** The content of a trust file. */
export interface TrustFile extends TrustFileHead {
  readonly formatVersion: 1;
  readonly root: RootRole;
  readonly pins: readonly Pin[];
  readonly policies: readonly TrustPolicy[];
  readonly revoked: readonly Revocation[];
}

const checkTrustFile = lazySchema(trustFileSchema);

/**
 * Reads the content of a trust file.
 *
 * @throws {@link KitError} `FILE_INVALID` naming everything that is wrong with it.
 */
export function parseTrustFile(text: string, source: string): TrustFile {
  const hint = 'mend the fields named above';
  let value: unknown;
  try {
    value = parseStrictJson(text);
  } catch (cause) {
    throw new KitError('FILE_INVALID', `it ${jsonFault(text, cause)}`, { thing: source, cause, hint });
  }
  const broken = checkTrustFile(value).map(ruleText);
  if (broken.length > 0) throw new KitError('FILE_INVALID', broken.join('; '), { thing: source, hint });
  const { formatVersion, name, version, expires, root, pins, policies = [], revoked = [] } = value as TrustFile;
  const file = { formatVersion, name, version, expires, root, pins, policies, revoked };
  const unsound = [...rootProblems(root), ...pins.map(pinProblem).filter((text) => text !== undefined), ...policyProblems(file)];
  if (unsound.length > 0) throw new KitError('FILE_INVALID', unsound.join('; '), { thing: source, hint });
  return file;
}

function policyProblems({ pins, policies }: TrustFile): string[] {
  const known = new Set(pins.filter(({ kind }) => kind !== 'tsa').map(({ keyId }) => keyId));
  return policies.flatMap(({ namespace, signers }) => {
    if (signers === undefined) return [];
    const { threshold, keyIds } = signers;
    const unknown = keyIds
      .filter((id) => !known.has(id))
      .map((id) => `the policy for ${namespace} names ${id}, which is none of the pins that may sign`);
    if (threshold <= keyIds.length) return unknown;
    return [...unknown, `the policy for ${namespace} wants ${threshold} signers and names ${keyIds.length}`];
  });
}

/** Whether a trust file has expired at a time; a time that is none, such as a leap second, is over. */
export function isExpired({ expires }: TrustFileHead, at: Date): boolean {
  return !(at < new Date(expires));
}
