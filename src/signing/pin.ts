// A key, or an authority, that somebody decided to trust.
import { createPublicKey, type KeyObject } from 'node:crypto';
import { toErrorText } from '../core/kit-error.ts';
import { sha256Schema } from '../schema/sha256-schema.ts';
import { type Certificate, parseCertificate } from './certificates.ts';
import { keyId, keyProblem, timestampKeyProblem } from './keys.ts';
import { namespacePattern } from './namespace.ts';
import { parseBase64 } from './strict-json.ts';

/** JSON Schema of a list of pins. */
export const pinsSchema = {
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['keyId', 'kind', 'namespaces', 'publicKey'],
    properties: {
      keyId: sha256Schema,
      kind: { enum: ['key', 'ca', 'tsa'] },
      namespaces: {
        type: 'array',
        minItems: 1,
        items: { type: 'string', pattern: namespacePattern, description: 'a namespace such as com.acme.*' },
      },
      publicKey: { type: 'string', minLength: 4 },
      certificate: { type: 'string', minLength: 4 },
      label: { type: 'string' },
    },
  },
} as const;

/** A key, an authority, or a timestamp authority, that is trusted for some namespaces. */
export interface Pin {
  /** Hexadecimal SHA-256 of the public key in DER (SPKI). */
  readonly keyId: string;
  /** `tsa`: a timestamp authority, or one that issues their certificates; it vouches for times and for nothing else. */
  readonly kind: 'key' | 'ca' | 'tsa';
  /** `com.acme` for that app and all below, `com.acme.*` for those below, `*` for all. */
  readonly namespaces: readonly string[];
  /** SPKI in DER, base64. */
  readonly publicKey: string;
  /** The certificate it was pinned with, DER in base64; its validity limits the trust. */
  readonly certificate?: string;
  readonly label?: string;
}

/** A pin for a key, with the certificate that carries it when there is one. */
export function makePin(key: KeyObject, namespaces: readonly string[], certificate?: Certificate, label?: string): Pin {
  return {
    keyId: keyId(key),
    kind: certificate?.use.ca ? 'ca' : 'key',
    namespaces,
    publicKey: key.export({ type: 'spki', format: 'der' }).toString('base64'),
    ...(certificate === undefined ? {} : { certificate: certificate.x509.raw.toString('base64') }),
    ...(label === undefined ? {} : { label }),
  };
}

/** A pin for a timestamp authority, or for the authority above it. */
export function makeTimestampPin(certificate: Certificate, namespaces: readonly string[], label?: string): Pin {
  return { ...makePin(certificate.x509.publicKey, namespaces, certificate, label), kind: 'tsa' };
}

/** The public key of a pin. */
export function pinnedKey(pin: Pin): KeyObject {
  return createPublicKey({ key: Buffer.from(pin.publicKey, 'base64'), format: 'der', type: 'spki' });
}

/** The certificate of a pin, if it was pinned with one. */
export function pinnedCertificate({ certificate }: Pin): Certificate | undefined {
  return certificate === undefined ? undefined : parseCertificate(Buffer.from(certificate, 'base64'));
}

/** Why a pin cannot be what it says, or undefined. */
export function pinProblem(pin: Pin): string | undefined {
  try {
    if (parseBase64(pin.publicKey) === undefined) throw new Error('its publicKey is not base64');
    const key = pinnedKey(pin);
    if (keyId(key) !== pin.keyId) throw new Error('its publicKey has another keyId');
    const problem = pin.kind === 'tsa' ? timestampKeyProblem(key) : keyProblem(key);
    if (problem !== undefined) throw new Error(`its key ${problem}`);
    const certificate = pinnedCertificate(pin);
    if (certificate !== undefined && keyId(certificate.x509.publicKey) !== pin.keyId) throw new Error('its certificate has another key');
    if (pin.kind === 'ca' && !certificate?.use.ca) throw new Error('it has no certificate of an authority');
    if (pin.kind === 'tsa' && certificate === undefined) throw new Error('it has no certificate of a timestamp authority');
    return undefined;
  } catch (cause) {
    return `the pin ${pin.keyId} is damaged: ${toErrorText(cause)}`;
  }
}
