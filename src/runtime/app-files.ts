// What an unpacked app or a project offers this machine: library, models, libraries beside it.
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KitError } from '../core/kit-error.ts';
import { hostPlatform } from '../core/platform.ts';
import { readError } from '../core/read-error.ts';
import type { NativeManifest } from '../manifest/native-manifest.ts';
import type { Manifest } from '../manifest/script-manifest.ts';

/** A folder with a manifest and the files that it names. */
export interface AppFolder<Kind extends Manifest = NativeManifest> {
  readonly root: string;
  readonly manifest: Kind;
}

/** Absolute paths of what is loaded. */
export interface AppFiles {
  readonly library: string;
  /** The models to try, in order; the last one may be missing. */
  readonly models: readonly AppModel[];
  /** Folders of the libraries that the plugin needs. */
  readonly dependencies: readonly string[];
}

/** A model file and what the manifest has it for. */
export interface AppModel {
  readonly path: string;
  /** Relative to the app, as the manifest names it. */
  readonly name: string;
  readonly role: 'engine' | 'model' | 'fallback';
}

/**
 * Finds the files for this machine.
 *
 * @throws {@link KitError} `PLATFORM_UNSUPPORTED` without a library for this machine, `FILE_NOT_FOUND` where it is missing on disk.
 */
export async function findAppFiles({ root, manifest }: AppFolder): Promise<AppFiles> {
  const platform = hostPlatform();
  const { binaries, dependencies, model } = manifest.plugin;
  const binary = binaries[platform];
  if (binary === undefined) {
    throw new KitError('PLATFORM_UNSUPPORTED', `No binary for platform: ${platform}`, {
      hint: `${manifest.app.id} has binaries for ${Object.keys(binaries).join(', ') || 'no platform at all'}`,
    });
  }
  const library = join(root, binary);
  if (!(await isFile(library)))
    throw new KitError('FILE_NOT_FOUND', `${library} is missing`, { hint: 'build the plugin first: mvas build' });
  const named = [
    { role: 'engine', name: model.engines[platform] },
    { role: 'model', name: model.path },
    { role: 'fallback', name: model.fallback },
  ] as const;
  const models = named.flatMap(({ role, name }) => (name === undefined ? [] : [{ role, name, path: join(root, name) }]));
  return { library, models, dependencies: [...new Set((dependencies[platform] ?? []).map((file) => dirname(join(root, file))))] };
}

/** Whether a path is a file. */
export async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}

/**
 * Reads a file of settings that the manifest names.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`.
 */
export async function readText(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch((cause: unknown) => {
    throw readError(path, cause, 'the manifest names it in configuration.default_config');
  });
}
