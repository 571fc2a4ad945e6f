// The gate that every command passes before it uses a package.
import { firstFew } from '../core/first-few.ts';
import type { Io } from '../core/io.ts';
import { type ErrorCode, KitError } from '../core/kit-error.ts';
import type { Manifest } from '../manifest/script-manifest.ts';
import type { Archive } from '../package/archive.ts';
import { readTrust } from './effective-trust.ts';
import type { Envelope } from './envelope.ts';
import { mvasHome } from './mvas-home.ts';
import type { PolicyRequest } from './package-policy.ts';
import { examinePackage, type Verification } from './verify.ts';

/** What to require of a package. */
export interface TrustRequest extends PolicyRequest {
  /** Take a package without any signature. */
  readonly allowUnsigned?: boolean;
  /** Gives MVAS_HOME, where the trusted keys are, and the signal that interrupts. */
  readonly io: Pick<Io, 'env' | 'signal'>;
}

/** A package that may be used; close `archive`, or declare it with `await using`. */
export interface TrustedPackage {
  readonly archive: Archive;
  readonly manifest: Manifest;
  readonly verification: Verification;
  /** SHA-256 of every verified file by name: what `unpackTo` wants. */
  readonly digests: ReadonlyMap<string, string>;
  /** What signature.json holds; absent for a package that is not signed. */
  readonly envelope?: Envelope;
}

const hints: Partial<Record<ErrorCode, string>> = {
  UNSIGNED: 'sign it with: mvas sign; or take it as it is with --allow-unsigned',
  SIGNER_NOT_TRUSTED: 'if you know the signer, pin the key with: mvas trust add',
  CERTIFICATE_EXPIRED: 'ask the maker for a package that is signed with a valid certificate',
  REVOKED: 'do not use it; ask the maker for a package that replaces it',
};

/**
 * Verifies a package with the trusted keys of this user and keeps it open.
 *
 * @throws {@link KitError} with the code, exit 10 to 17, of the first stage that failed.
 */
export async function requireTrusted(path: string, { io, ...request }: TrustRequest): Promise<TrustedPackage> {
  const trust = await readTrust(mvasHome(io.env));
  const { archive, manifest, verification, ...proven } = await examinePackage(path, { ...request, trust, signal: io.signal });
  if (archive !== undefined && manifest !== undefined && verification.ok) return { archive, manifest, verification, ...proven };
  await archive?.close();
  throw verificationError(verification);
}

/** The error that a failed verification stands for, with all that its first failing stage found. */
export function verificationError({ stages, code, path }: Verification): KitError {
  const findings = stages.find(({ status }) => status === 'failed')?.findings ?? [];
  const hint =
    findings.find((finding) => finding.hint !== undefined)?.hint ??
    hints[code ?? 'SIGNATURE_INVALID'] ??
    'do not use the package; ask its maker for a new one';
  const messages = findings.map(({ message }) => message);
  return new KitError(code ?? 'SIGNATURE_INVALID', firstFew(messages, '; '), { thing: path, hint });
}
