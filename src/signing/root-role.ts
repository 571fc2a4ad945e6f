// The keys that sign an organisation's trust file, and how many of them it takes.
import { createPublicKey, type KeyObject } from 'node:crypto';
import { toErrorText } from '../core/kit-error.ts';
import { sha256Schema } from '../schema/sha256-schema.ts';
import { keyId, keyProblem, spkiOf } from './keys.ts';
import { parseBase64 } from './strict-json.ts';

/** JSON Schema of the root keys. */
export const rootSchema = {
  type: 'object',
  description: 'the keys that sign this file, and how many of them it takes',
  additionalProperties: false,
  required: ['threshold', 'keys'],
  properties: {
    threshold: { type: 'integer', minimum: 1, maximum: 16 },
    keys: {
      type: 'array',
      minItems: 1,
      maxItems: 16,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['keyId', 'publicKey'],
        properties: {
          keyId: sha256Schema,
          publicKey: { type: 'string', minLength: 4, description: 'a public key: SPKI in DER, base64' },
          label: { type: 'string' },
        },
      },
    },
  },
} as const;

/** One key that may sign the trust file. */
export interface RootKey {
  /** Hexadecimal SHA-256 of the public key in DER (SPKI). */
  readonly keyId: string;
  /** SPKI in DER, base64. */
  readonly publicKey: string;
  readonly label?: string;
}

/** Who signs the trust file. */
export interface RootRole {
  /** So many of the keys must have signed. */
  readonly threshold: number;
  readonly keys: readonly RootKey[];
}

/** A public key as a root key. */
export function makeRootKey(key: KeyObject, label?: string): RootKey {
  return { keyId: keyId(key), publicKey: spkiOf(key).toString('base64'), ...(label && { label }) };
}

/** The public key of a root key. */
export function rootPublicKey({ publicKey }: RootKey): KeyObject {
  return createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
}

/** Everything that is wrong with the root keys. */
export function rootProblems({ threshold, keys }: RootRole): string[] {
  const ids = keys.map(({ keyId: id }) => id);
  const twice = new Set(ids).size < ids.length ? ['a root key is listed twice'] : [];
  const few = threshold > keys.length ? [`the threshold of the root keys is ${threshold}, and there are ${keys.length}`] : [];
  return [...keys.flatMap(rootKeyProblem), ...twice, ...few];
}

function rootKeyProblem(root: RootKey): string[] {
  try {
    if (parseBase64(root.publicKey) === undefined) throw new Error('its publicKey is not base64');
    const key = rootPublicKey(root);
    const problem = keyId(key) === root.keyId ? keyProblem(key) : 'has another keyId';
    return problem === undefined ? [] : [`the root key ${root.keyId} ${problem}`];
  } catch (cause) {
    return [`the root key ${root.keyId} is damaged: ${toErrorText(cause)}`];
  }
}
