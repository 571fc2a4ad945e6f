// Reads what an earlier package says of itself, to judge by it the one that replaces it.
import { KitError } from '../core/kit-error.ts';
import { type InstalledPackage, installedPackage } from './installed-package.ts';
import { verificationError } from './require-trusted.ts';
import type { Trust } from './trust-store.ts';
import { examinePackage } from './verify.ts';

/**
 * The package at a path as if it were installed. It must be whole, but its signer may have expired or been revoked since.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, and exit 10 to 14 for a package that is damaged or of which nobody can tell who signed it.
 */
export async function readPrevious(path: string, trust: Trust, signal?: AbortSignal): Promise<InstalledPackage> {
  const { archive, manifest, verification } = await examinePackage(path, { trust, allowUnsigned: true, ...(signal && { signal }) });
  await archive?.close();
  const broken = verification.stages.find(({ name, status }) => status === 'failed' && name !== 'signer' && name !== 'policy');
  if (broken !== undefined || manifest === undefined)
    throw verificationError({
      ...verification,
      code: broken?.findings[0]?.code ?? verification.code,
      stages: broken ? [broken] : verification.stages,
    });
  const signers = verification.signers.filter(({ valid }) => valid).map(({ keyId }) => keyId);
  if (signers.length > 0 || verification.signers.length === 0) return installedPackage(manifest, signers);
  throw new KitError('SIGNER_NOT_TRUSTED', 'none of its signatures can be checked', {
    thing: path,
    hint: 'pin the key that signed it with: mvas trust add',
  });
}
