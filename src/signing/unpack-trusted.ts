// Verifies a package and unpacks it for one use: what every command that loads from a package does first.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostPlatform } from '../core/platform.ts';
import type { Manifest } from '../manifest/script-manifest.ts';
import { unpackTo } from '../package/unpack.ts';
import { requireTrusted, type TrustRequest } from './require-trusted.ts';
import type { Verification } from './verify.ts';

/** A package on disk; disposing it removes what was unpacked. */
export interface UnpackedPackage extends AsyncDisposable {
  /** Folder of its files, for this user alone. */
  readonly root: string;
  readonly manifest: Manifest;
  readonly verification: Verification;
}

/**
 * Verifies a package for this platform, then unpacks it to a temporary folder.
 *
 * @throws {@link KitError} exit 10 to 17 when it is not trusted, `WRITE_FAILED`, `INTERRUPTED`; then nothing is left.
 */
export async function unpackTrusted(path: string, request: Omit<TrustRequest, 'platform' | 'use'>): Promise<UnpackedPackage> {
  const { archive, digests, manifest, verification } = await requireTrusted(path, { ...request, platform: hostPlatform(), use: 'load' });
  const folder = await mkdtemp(join(tmpdir(), 'mvas-'));
  // On Windows a library stays locked for a moment after its process has ended.
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    const root = join(folder, 'app');
    await using open = archive;
    await unpackTo(open, root, digests, request.io.signal);
    return { root, manifest, verification, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
