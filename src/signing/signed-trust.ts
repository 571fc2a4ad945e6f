// trust.json: a DSSE envelope around a trust file, signed by root keys.
import type { FromSchema } from 'json-schema-to-ts';
import { sha256Hex } from '../core/digest.ts';
import { jsonFault } from '../core/json-fault.ts';
import { KitError } from '../core/kit-error.ts';
import { brokenRules } from '../schema/broken-rules.ts';
import { lazySchema } from '../schema/compile-schema.ts';
import { payloadIsSignedBy, signedBytes } from './envelope.ts';
import { envelopeSchema, signatureSchema } from './envelope-schema.ts';
import { type RootRole, rootPublicKey } from './root-role.ts';
import { parseBase64, parseStrictJson } from './strict-json.ts';
import { parseTrustFile, type TrustFile } from './trust-file.ts';

const payloadType = 'application/vnd.mvas.trust+json';

const signedTrustSchema = envelopeSchema(payloadType, 32, signatureSchema);

type TrustEnvelope = FromSchema<typeof signedTrustSchema>;

/** One signature of a trust file. */
export type TrustSignature = TrustEnvelope['signatures'][number];

/** A trust file with its signatures, none of which is proven yet. */
export interface SignedTrust {
  readonly file: TrustFile;
  /** The very bytes that were signed. */
  readonly payload: Buffer;
  /** SHA-256 of the payload. */
  readonly sha256: string;
  readonly signatures: readonly TrustSignature[];
}

const checkEnvelope = lazySchema(signedTrustSchema);

/**
 * Reads a trust file: signed, or the draft of one, which has no signatures yet.
 *
 * @throws {@link KitError} `FILE_INVALID` naming everything that is wrong with it.
 */
export function parseSignedTrust(text: string, source: string): SignedTrust {
  const value = parseJson(text, source);
  if (typeof value !== 'object' || value === null || !('payload' in value)) return signedTrust(Buffer.from(text), [], source);
  const broken = brokenRules(checkEnvelope(value));
  if (broken !== undefined) throw unreadable(source, broken);
  const { payload, signatures } = value as TrustEnvelope;
  const bytes = parseBase64(payload);
  if (bytes === undefined || signatures.some(({ sig }) => parseBase64(sig) === undefined))
    throw unreadable(source, 'it holds text that is not padded standard base64');
  if (new Set(signatures.map(({ keyid }) => keyid)).size < signatures.length)
    throw unreadable(source, 'it holds two signatures of one key');
  return signedTrust(bytes, signatures, source);
}

/** The text of trust.json. */
export function signedTrustText({ payload, signatures }: Pick<SignedTrust, 'payload' | 'signatures'>): string {
  return `${JSON.stringify({ payloadType, payload: payload.toString('base64'), signatures }, null, 2)}\n`;
}

/** The bytes that a root key signs. */
export function trustBytes(payload: Buffer): Buffer {
  return signedBytes(payload, payloadType);
}

/** Ids of the root keys whose signatures are right. */
export function rootSigners({ payload, signatures }: SignedTrust, { keys }: RootRole): string[] {
  return keys.flatMap((root) => {
    const signature = signatures.find(({ keyid }) => keyid === root.keyId);
    if (signature === undefined) return [];
    return payloadIsSignedBy(payload, Buffer.from(signature.sig, 'base64'), rootPublicKey(root), payloadType) ? [root.keyId] : [];
  });
}

function signedTrust(payload: Buffer, signatures: readonly TrustSignature[], source: string): SignedTrust {
  const text = decode(payload, source);
  return { file: parseTrustFile(text, source), payload, sha256: sha256Hex(payload), signatures };
}

function decode(payload: Buffer, source: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(payload);
  } catch (cause) {
    throw unreadable(source, 'it is not UTF-8', cause);
  }
}

function parseJson(text: string, source: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (cause) {
    throw unreadable(source, `it ${jsonFault(text, cause)}`, cause);
  }
}

function unreadable(source: string, rule: string, cause?: unknown): KitError {
  return new KitError('FILE_INVALID', rule, { thing: source, cause, hint: 'ask whoever keeps the trust file for it again' });
}
