// The app that a call names: a project's folder, or a package that is verified before anything of it is unpacked or loaded.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { KitError } from '../core/kit-error.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { type AppFolder, isFile } from './app-files.ts';

/** An app on disk; disposing removes what was unpacked for it. */
export interface OpenApp extends AppFolder, AsyncDisposable {
  /** Who vouches for it, in words. */
  readonly trust: string;
}

/**
 * Opens a folder with a manifest, or a package.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` for what is neither.
 */
export async function openApp(subject: string): Promise<OpenApp> {
  const stats = await stat(subject).catch(() => undefined);
  if (stats?.isDirectory() && (await isFile(join(subject, 'manifest.json')))) return await openFolder(subject);
  throw new KitError('FILE_NOT_FOUND', `${subject} is neither a package (.mvapp) nor a project: a folder with a manifest.json`, {
    hint: 'name a .mvapp file, or the folder of a plugin project',
  });
}

async function openFolder(root: string): Promise<OpenApp> {
  return {
    root,
    manifest: await readManifest(join(root, 'manifest.json')),
    trust: 'a project: not verified',
    async [Symbol.asyncDispose]() {},
  };
}
