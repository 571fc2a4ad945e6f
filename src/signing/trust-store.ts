// Whom this user trusts, for which apps, and what is revoked: trust.local.json.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../core/atomic-write.ts';
import { jsonFault } from '../core/json-fault.ts';
import { KitError } from '../core/kit-error.ts';
import { systemReason } from '../core/read-error.ts';
import { brokenRules } from '../schema/broken-rules.ts';
import { lazySchema } from '../schema/compile-schema.ts';
import { sha256Schema } from '../schema/sha256-schema.ts';
import { type Pin, pinProblem, pinsSchema } from './pin.ts';
import { isSameRevocation, type Revocation, revocationsSchema } from './revocation.ts';
import { type RootRole, rootProblems, rootSchema } from './root-role.ts';
import { parseStrictJson } from './strict-json.ts';
import type { TrustPolicy } from './trust-policy.ts';

/** JSON Schema of trust.local.json. */
export const localTrustSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/trust-local.json',
  title: 'Whom a user of this machine trusts',
  type: 'object',
  additionalProperties: false,
  required: ['formatVersion', 'pins'],
  properties: {
    $schema: { type: 'string' },
    formatVersion: { const: 1 },
    pins: pinsSchema,
    revoked: revocationsSchema,
    organisation: {
      type: 'object',
      description: 'the trust file of the organisation that was imported last',
      additionalProperties: false,
      required: ['version', 'sha256', 'root'],
      properties: {
        version: { type: 'integer', minimum: 1 },
        sha256: sha256Schema,
        root: rootSchema,
      },
    },
  },
} as const;

/** By whom and by what packages are judged. */
export interface Trust {
  readonly pins: readonly Pin[];
  readonly revoked: readonly Revocation[];
  /** Every one whose namespace covers an app must be met. */
  readonly policies?: readonly TrustPolicy[];
  /** The organisation's trust file that is part of it. */
  readonly trustFile?: TrustFileHead;
}

/** What this user decided, and which trust file of the organisation was imported. */
export interface LocalTrust {
  readonly pins: readonly Pin[];
  readonly revoked: readonly Revocation[];
  readonly organisation?: AcceptedTrustFile;
}

/** What a trust file says of itself. */
export interface TrustFileHead {
  /** The organisation that it is of. */
  readonly name: string;
  readonly version: number;
  /** ISO 8601; from then on nothing new is installed by it. */
  readonly expires: string;
}

/** The trust file of the organisation that was imported last: a later one must follow from it. */
export interface AcceptedTrustFile {
  readonly version: number;
  /** SHA-256 of what was signed. */
  readonly sha256: string;
  readonly root: RootRole;
}

/** Nobody is trusted. */
export const noTrust: Trust = { pins: [], revoked: [] };

const checkTrust = lazySchema(localTrustSchema);

/** Path of the trust file in MVAS_HOME. */
export function trustPath(home: string): string {
  return join(home, 'trust.local.json');
}

/**
 * Reads what this user decided; no file means nobody is trusted. Packages are judged by `readTrust`, which adds what the organisation decided.
 *
 * @throws {@link KitError} `FILE_INVALID` when the file is damaged: nothing is trusted by guessing.
 */
export async function readLocalTrust(home: string): Promise<LocalTrust> {
  const path = trustPath(home);
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw new KitError('FILE_INVALID', `${path} cannot be read: ${systemReason(path, cause)}`, {
      cause,
      hint: 'MVAS_HOME must name a folder that you may read, or nothing',
    });
  });
  if (text === undefined) return noTrust;
  const hint = 'mend the file, or remove it and pin again with: mvas trust add';
  let value: unknown;
  try {
    value = parseStrictJson(text);
  } catch (cause) {
    throw new KitError('FILE_INVALID', `${path} ${jsonFault(text, cause)}`, { cause, hint });
  }
  const broken = brokenRules(checkTrust(value));
  if (broken !== undefined) throw new KitError('FILE_INVALID', `${path}: ${broken}`, { hint });
  const { pins, revoked = [], organisation } = value as { pins: Pin[]; revoked?: Revocation[]; organisation?: AcceptedTrustFile };
  const unsound = [...pins.map(pinProblem), ...(organisation ? rootProblems(organisation.root) : [])].filter((text) => text !== undefined);
  if (unsound.length > 0) throw new KitError('FILE_INVALID', unsound.join('; '), { thing: path, hint });
  return { pins, revoked, ...(organisation && { organisation }) };
}

/** Writes what this user decided, readable by that user only. */
export async function writeLocalTrust(home: string, { pins, revoked, organisation }: LocalTrust): Promise<void> {
  const value = { formatVersion: 1, pins, ...(revoked.length > 0 && { revoked }), ...(organisation && { organisation }) };
  await writeFileAtomic(trustPath(home), `${JSON.stringify(value, null, 2)}\n`, 0o600);
}

/** Adds a revocation; a new reason replaces the old one. */
export function withRevocation<T extends Pick<Trust, 'revoked'>>(trust: T, revocation: Revocation): T {
  return { ...trust, revoked: [...withoutRevocation(trust, revocation).revoked, revocation] };
}

/** Takes a revocation back. */
export function withoutRevocation<T extends Pick<Trust, 'revoked'>>(trust: T, revocation: Revocation): T {
  return { ...trust, revoked: trust.revoked.filter((entry) => !isSameRevocation(entry, revocation)) };
}

/** Adds a pin, or namespaces to the pin of the same key. */
export function withPin<T extends Pick<Trust, 'pins'>>(trust: T, pin: Pin): T {
  const { pins } = trust;
  const old = pins.find(({ keyId: id, kind }) => id === pin.keyId && kind === pin.kind);
  const namespaces = [...new Set([...(old?.namespaces ?? []), ...pin.namespaces])].sort();
  return { ...trust, pins: [...pins.filter((other) => other !== old), { ...old, ...pin, namespaces }] };
}
