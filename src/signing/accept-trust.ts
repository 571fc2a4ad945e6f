// Decides whether a trust file may take the place of the one that was imported last.
import { KitError } from '../core/kit-error.ts';
import type { RootRole } from './root-role.ts';
import { rootSigners, type SignedTrust } from './signed-trust.ts';
import { isExpired } from './trust-file.ts';
import type { AcceptedTrustFile } from './trust-store.ts';

/** By what to judge a trust file. */
export interface TrustFileRequest {
  readonly source: string;
  /** The one that was imported last. */
  readonly accepted?: AcceptedTrustFile | undefined;
  /** Without an imported one: ids of root keys that are known from elsewhere. */
  readonly knownRoots?: readonly string[];
}

/**
 * Wants a trust file to be signed by as many of its own root keys as it says, and by as many of those of the file before, which it must follow.
 *
 * @throws {@link KitError} `SIGNER_NOT_TRUSTED` when signatures are missing, `POLICY_REFUSED` for an earlier version.
 */
export function requireFollowing(signed: SignedTrust, { source, accepted, knownRoots = [] }: TrustFileRequest): void {
  const { root } = signed.file;
  if (accepted === undefined) requireKnown(signed, knownRoots, source);
  requireSigned(signed, root, source, 'its own root keys');
  if (accepted === undefined) return;
  requireSigned(signed, accepted.root, source, `the root keys of version ${accepted.version}, which is trusted here`);
  requireLater(signed, accepted, source);
}

/** @throws {@link KitError} `POLICY_REFUSED` for a trust file that has expired. */
export function requireUnexpired({ file }: SignedTrust, at: Date, source: string): void {
  if (!isExpired(file, at)) return;
  throw new KitError('POLICY_REFUSED', `the trust file of ${file.name} expired on ${file.expires}`, {
    thing: source,
    hint: 'ask whoever keeps the trust file for a newer version',
  });
}

function requireSigned(signed: SignedTrust, root: RootRole, source: string, whose: string): void {
  const count = rootSigners(signed, root).length;
  if (count >= root.threshold) return;
  throw new KitError('SIGNER_NOT_TRUSTED', `it is signed by ${count} of ${whose}, and ${root.threshold} are needed`, {
    thing: source,
    hint: 'let more of them sign it with: mvas trust sign; or import the versions between first',
  });
}

/** Nothing vouches for the first file but what its user knows of the root keys. */
function requireKnown(signed: SignedTrust, known: readonly string[], source: string): void {
  const { keys, threshold } = signed.file.root;
  const strangers = known.filter((id) => !keys.some(({ keyId }) => keyId === id));
  if (strangers.length > 0) {
    throw new KitError('SIGNER_NOT_TRUSTED', `key ${strangers[0]} is none of its root keys`, {
      thing: source,
      hint: 'see its root keys with: mvas trust show FILE',
    });
  }
  const signers = rootSigners(signed, signed.file.root).filter((id) => known.includes(id));
  if (signers.length >= threshold) return;
  throw new KitError(
    'SIGNER_NOT_TRUSTED',
    `${signers.length} of its signatures are by root keys that were named, and ${threshold} are needed`,
    {
      thing: source,
      hint: `name ${threshold} of its root keys, as the organisation tells you over another way, with --root`,
    },
  );
}

function requireLater({ file, sha256 }: SignedTrust, accepted: AcceptedTrustFile, source: string): void {
  const same = file.version === accepted.version && sha256 !== accepted.sha256;
  if (file.version >= accepted.version && !same) return;
  const rule = same ? 'which says something else' : 'which is newer';
  throw new KitError('POLICY_REFUSED', `it is version ${file.version}; version ${accepted.version} was imported here, ${rule}`, {
    thing: source,
    hint: 'ask whoever keeps the trust file for a newer version',
  });
}
