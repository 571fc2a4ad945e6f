// Whether what was trusted once has been revoked since: by whom it was signed, or the package itself.
import { contentDigest, type FileDigest } from '../package/content-digest.ts';
import type { EnvelopeSignature } from './envelope.ts';
import type { Finding } from './findings.ts';
import { revokedPackage } from './revocation.ts';
import { judgeSigner } from './signer.ts';
import type { Trust } from './trust-store.ts';

/** A package that was verified before. */
export interface VerifiedBefore {
  readonly id: string;
  /** Every file that counts. */
  readonly files: readonly FileDigest[];
  /** The signatures for which it was taken. */
  readonly signatures: readonly EnvelopeSignature[];
  /** When it was taken: ISO 8601. */
  readonly installedAt: string;
}

/**
 * What has been revoked; empty while one of the signatures is still good. That a certificate ran out since, or that a pin was taken
 * away, recalls nothing: a line does not stop for it.
 */
export function recalled({ id, files, signatures, installedAt }: VerifiedBefore, trust: Trust): Finding[] {
  const at = new Date(installedAt);
  const withdrawn = signatures.map((signature) => judgeSigner(signature, id, trust, at).findings.filter(({ code }) => code === 'REVOKED'));
  const signers = withdrawn.every((findings) => findings.length > 0) ? withdrawn.flat() : [];
  return [...revokedPackage(contentDigest(files), trust.revoked), ...signers];
}
