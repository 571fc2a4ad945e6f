// The app that a call names: a project's folder, a package that is verified before anything of it is unpacked or loaded, or an installed app.
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { KitError } from '../core/kit-error.ts';
import { readAnyManifest } from '../manifest/read-manifest.ts';
import type { Manifest } from '../manifest/script-manifest.ts';
import { mvasHome } from '../signing/mvas-home.ts';
import type { TrustRequest } from '../signing/require-trusted.ts';
import type { Verification } from '../signing/verify.ts';
import { type AppFolder, isFile } from './app-files.ts';

/** An app on disk; disposing removes what was unpacked for it. */
export interface OpenApp extends AppFolder<Manifest>, AsyncDisposable {
  /** Who vouches for it, in words. */
  readonly trust: string;
}

/**
 * Opens a folder with a manifest, a package: verified for this platform, then unpacked to a temporary folder of this user alone, or by its
 * id an app that is installed.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` for what is neither, and what a package that is not trusted ends with (exit 10 to 17).
 */
export async function openApp(subject: string, request: Omit<TrustRequest, 'platform'>): Promise<OpenApp> {
  const stats = await stat(subject).catch(() => undefined);
  if (stats?.isFile()) return await openPackage(subject, request);
  if (stats?.isDirectory() && (await isFile(join(subject, 'manifest.json')))) return await openFolder(subject);
  const installed = stats === undefined && basename(subject) === subject ? await openById(subject, request.io) : undefined;
  if (installed !== undefined) return installed;
  throw new KitError(
    'FILE_NOT_FOUND',
    `${subject} is neither a package (.mvapp), nor a folder with a manifest.json, nor an installed app`,
    {
      hint: 'name a .mvapp file, the folder of a project, or an app of mvas list',
    },
  );
}

/** An app that is not a path here may be the id of an installed one. */
async function openById(name: string, io: TrustRequest['io']): Promise<OpenApp | undefined> {
  const { findInstalled, openInstalled } = await import('./installation/open-installed.ts');
  const id = await findInstalled(mvasHome(io.env), name);
  if (id === undefined) return undefined;
  const { root, trust } = await openInstalled(id, io);
  return { ...(await openFolder(root)), trust };
}

async function openFolder(root: string): Promise<OpenApp> {
  return {
    root,
    manifest: await readAnyManifest(join(root, 'manifest.json')),
    trust: 'a project, not verified',
    async [Symbol.asyncDispose]() {},
  };
}

async function openPackage(path: string, request: Omit<TrustRequest, 'platform'>): Promise<OpenApp> {
  // loaded only here: a project needs none of it
  const { unpackTrusted } = await import('../signing/unpack-trusted.ts');
  const unpacked = await unpackTrusted(path, request);
  return {
    root: unpacked.root,
    manifest: unpacked.manifest,
    trust: trustText(unpacked.verification),
    [Symbol.asyncDispose]: () => unpacked[Symbol.asyncDispose](),
  };
}

function trustText(verification: Verification): string {
  const signer = verification.signers.find(({ trusted }) => trusted);
  if (signer === undefined) return 'UNSIGNED, loaded only because that was allowed';
  return `verified, signed by ${signer.subject ?? `key ${signer.keyId.slice(0, 16)}`}`;
}
