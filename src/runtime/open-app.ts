// The app that a call names: a project's folder, or a package that is verified before anything of it is unpacked or loaded.
// The app that a call names: a project's folder, or a package that is verified before anything of it is unpacked or loaded.
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KitError } from '../core/kit-error.ts';
import { hostPlatform } from '../core/platform.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { unpackTo } from '../package/unpack.ts';
import type { TrustedPackage, TrustRequest } from '../signing/require-trusted.ts';
import { type AppFolder, isFile } from './app-files.ts';

/** An app on disk; disposing removes what was unpacked for it. */
export interface OpenApp extends AppFolder, AsyncDisposable {
  /** Who vouches for it, in words. */
  readonly trust: string;
}

/**
 * Opens a folder with a manifest, or a package: verified for this platform, then unpacked to a temporary folder of this user alone.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` for what is neither, and what a package that is not trusted ends with (exit 10 to 17).
 */
export async function openApp(subject: string, request: Omit<TrustRequest, 'platform'>): Promise<OpenApp> {
  const stats = await stat(subject).catch(() => undefined);
  if (stats?.isFile()) return await openPackage(subject, request);
  if (stats?.isDirectory() && (await isFile(join(subject, 'manifest.json')))) return await openFolder(subject);
  throw new KitError('FILE_NOT_FOUND', `${subject} is neither a package (.mvapp) nor a project: a folder with a manifest.json`, {
    hint: 'name a .mvapp file, or the folder of a plugin project',
  });
}

async function openFolder(root: string): Promise<OpenApp> {
  return {
    root,
    manifest: await readManifest(join(root, 'manifest.json')),
    trust: 'a project, not verified',
    async [Symbol.asyncDispose]() {},
  };
}

async function openPackage(path: string, request: Omit<TrustRequest, 'platform'>): Promise<OpenApp> {
  const trusted = await requirePackage(path, { ...request, platform: hostPlatform() });
  await using archive = trusted.archive;
  const temporary = await mkdtemp(join(tmpdir(), 'mvas-app-'));
  // on Windows a library stays locked for a moment after its process has ended
  const remove = () => rm(temporary, { recursive: true, force: true, maxRetries: 5 });
  try {
    const root = join(temporary, 'app');
    await unpackTo(archive, root, trusted.digests, request.io.signal);
    return { root, manifest: trusted.manifest, trust: trustText(trusted), [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Loads the verification only for packages: a project needs none of it. Apart, since the compiler leaves `.ts` in an import beside `await using`. */
async function requirePackage(path: string, request: TrustRequest): Promise<TrustedPackage> {
  const { requireTrusted } = await import('../signing/require-trusted.ts');
  return await requireTrusted(path, request);
}

function trustText({ verification }: TrustedPackage): string {
  const signer = verification.signers.find(({ trusted }) => trusted);
  if (signer === undefined) return 'UNSIGNED, loaded only because that was allowed';
  return `verified, signed by ${signer.subject ?? `key ${signer.keyId.slice(0, 16)}`}`;
}
