// signature.json: a DSSE envelope, read strictly and written in one way.
import { type KeyObject, sign, verify } from 'node:crypto';
import type { FromSchema } from 'json-schema-to-ts';
import { KitError, toErrorText } from '../core/kit-error.ts';
import type { Archive } from '../package/archive.ts';
import type { ArchiveEntry } from '../package/local-entries.ts';
import { brokenRules } from '../schema/broken-rules.ts';
import { lazySchema } from '../schema/compile-schema.ts';
import { envelopeSchema, signatureSchema } from './envelope-schema.ts';
import { parseBase64, parseStrictJson } from './strict-json.ts';

const payloadType = 'application/vnd.in-toto+json';

const packageEnvelope = envelopeSchema(payloadType, 16, {
  ...signatureSchema,
  properties: {
    ...signatureSchema.properties,
    certificates: { type: 'array', minItems: 1, maxItems: 8, items: { type: 'string', minLength: 4 } },
    timestamp: { type: 'string', minLength: 4 },
  },
} as const);

/** The content of signature.json; texts of bytes are padded standard base64. */
export type Envelope = FromSchema<typeof packageEnvelope>;

/** One signature of an envelope. */
export type EnvelopeSignature = Envelope['signatures'][number];

const checkEnvelope = lazySchema(packageEnvelope);

const maxBytes = 4 * 1024 * 1024;

/**
 * Reads the signature file of a package.
 *
 * @throws {@link KitError} `SIGNATURE_INVALID` naming everything that is wrong with it; `CONTAINER_MALFORMED`, `CONTENT_DIFFERS` for a damaged entry.
 */
export async function readEnvelope(archive: Archive, entry: ArchiveEntry): Promise<Envelope> {
  return parseEnvelope(await archive.read(entry, maxBytes));
}

/**
 * Reads an envelope.
 *
 * @throws {@link KitError} `SIGNATURE_INVALID` naming everything that is wrong with it.
 */
export function parseEnvelope(json: string | Uint8Array): Envelope {
  const value = strictly('signature.json', () => parseStrictJson(json));
  const broken = brokenRules(checkEnvelope(value));
  if (broken !== undefined) throw invalid(`signature.json: ${broken}`);
  const envelope = value as Envelope;
  const texts = [
    envelope.payload,
    ...envelope.signatures.flatMap(({ sig, certificates = [], timestamp = '' }) => [sig, timestamp, ...certificates]),
  ];
  if (texts.some((base64) => parseBase64(base64) === undefined))
    throw invalid('signature.json holds text that is not padded standard base64');
  const ids = envelope.signatures.map(({ keyid }) => keyid);
  if (new Set(ids).size < ids.length) throw invalid('signature.json holds two signatures of one key');
  return envelope;
}

/** Makes an envelope around a payload. */
export function makeEnvelope(payload: Buffer, signatures: readonly EnvelopeSignature[]): Envelope {
  return { payloadType, payload: payload.toString('base64'), signatures: [...signatures] };
}

/** The bytes that are signed: type, that of a package unless said otherwise, and payload with their lengths (DSSE v1 pre-authentication encoding). */
export function signedBytes(payload: Buffer, type: string = payloadType): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} ${type} ${payload.length} `), payload]);
}

/** Signs a payload, that of a package unless another type is given. */
export function signPayload(payload: Buffer, key: KeyObject, type?: string): Buffer {
  return signBytesBy(key, signedBytes(payload, type));
}

/** Signs bytes; the algorithm follows from the key: RSA PKCS#1 v1.5 with SHA-256, or Ed25519. */
export function signBytesBy(key: KeyObject, bytes: Buffer): Buffer {
  return sign(digestFor(key) ?? null, bytes, key);
}

/** Whether a signature over a payload is that of a key. */
export function payloadIsSignedBy(payload: Buffer, signature: Buffer, key: KeyObject, type?: string): boolean {
  return bytesAreSignedBy(signedBytes(payload, type), signature, key);
}

/** The same for the very bytes that were signed; a key of another type has signed nothing. */
export function bytesAreSignedBy(bytes: Buffer, signature: Buffer, key: KeyObject): boolean {
  const digest = digestFor(key);
  return digest !== undefined && verify(digest, bytes, key, signature);
}

function digestFor({ asymmetricKeyType }: KeyObject): 'sha256' | null | undefined {
  if (asymmetricKeyType === 'rsa') return 'sha256';
  return asymmetricKeyType === 'ed25519' ? null : undefined;
}

/** Runs a parser and names what it parsed when it throws. */
export function strictly<T>(source: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw invalid(`${source}: ${toErrorText(cause)}`, cause);
  }
}

/** The error of a signature that cannot be right. */
export function invalid(message: string, cause?: unknown): KitError {
  return new KitError('SIGNATURE_INVALID', message, { cause, hint: 'do not use the package; ask its maker for a new one' });
}
