// What was signed rightly and must not be used all the same: revoked keys, certificates and packages.
import { sha256Schema } from '../schema/sha256-schema.ts';
import type { Certificate } from './certificates.ts';
import type { Finding } from './findings.ts';
import { keyId } from './keys.ts';

const reason = { type: 'string', minLength: 1, maxLength: 500 } as const;

/** JSON Schema of a list of revocations. */
export const revocationsSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['kind'],
    oneOf: [
      {
        additionalProperties: false,
        required: ['kind', 'keyId'],
        properties: { kind: { const: 'key' }, keyId: sha256Schema, reason },
      },
      {
        additionalProperties: false,
        required: ['kind', 'issuer', 'serial'],
        properties: {
          kind: { const: 'certificate' },
          issuer: { type: 'string', minLength: 1 },
          serial: { type: 'string', pattern: '^[0-9A-F]{1,40}$', description: 'a serial number in upper-case hexadecimal' },
          reason,
        },
      },
      {
        additionalProperties: false,
        required: ['kind', 'contentDigest'],
        properties: { kind: { const: 'package' }, contentDigest: sha256Schema, reason },
      },
    ],
  },
} as const;

/** One thing that is trusted no longer, whoever vouches for it. */
export type Revocation = { readonly reason?: string } & (
  | { readonly kind: 'key'; readonly keyId: string }
  /** By the name of its issuer, one attribute a line, and its serial number: what authorities publish. */
  | { readonly kind: 'certificate'; readonly issuer: string; readonly serial: string }
  | { readonly kind: 'package'; readonly contentDigest: string }
);

/** The revocation of a certificate. */
export function revocationOf({ x509 }: Certificate): Revocation {
  return { kind: 'certificate', issuer: x509.issuer, serial: x509.serialNumber };
}

/** Whether two revocations mean the same thing. */
export function isSameRevocation(one: Revocation, other: Revocation): boolean {
  return identity(one) === identity(other);
}

/** What a revocation means, in words. */
export function describeRevocation(revocation: Revocation): string {
  if (revocation.kind === 'key') return `key ${revocation.keyId.slice(0, 16)}`;
  if (revocation.kind === 'package') return `package with contentDigest ${revocation.contentDigest}`;
  return `certificate ${revocation.serial} of ${revocation.issuer.replaceAll('\n', ', ')}`;
}

/** What is revoked of a signature's key and of the certificates that vouch for it. */
export function revokedSigner(id: string, certificates: readonly Certificate[], revoked: readonly Revocation[]): Finding[] {
  const keys = new Set([id, ...certificates.map(({ x509 }) => keyId(x509.publicKey))]);
  const issued = new Set(certificates.map((certificate) => identity(revocationOf(certificate))));
  return revoked.filter((entry) => (entry.kind === 'key' ? keys.has(entry.keyId) : issued.has(identity(entry)))).map(findingOf);
}

/** What is revoked of a package. */
export function revokedPackage(contentDigest: string, revoked: readonly Revocation[]): Finding[] {
  return revoked.filter((entry) => entry.kind === 'package' && entry.contentDigest === contentDigest).map(findingOf);
}

function findingOf(revocation: Revocation): Finding {
  const why = revocation.reason === undefined ? '' : `: ${revocation.reason}`;
  return { code: 'REVOKED', message: `${describeRevocation(revocation)} is revoked${why}` };
}

function identity(revocation: Revocation): string {
  if (revocation.kind === 'certificate') return `certificate ${revocation.serial} ${revocation.issuer}`;
  return revocation.kind === 'key' ? `key ${revocation.keyId}` : `package ${revocation.contentDigest}`;
}
