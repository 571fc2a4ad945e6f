// A plugin project on disk: where its manifest says that library, model, configuration, tests and reports are.
import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { KitError } from '../core/kit-error.ts';
import { hostPlatform, type PlatformKey } from '../core/platform.ts';
import { readError } from '../core/read-error.ts';
import { type Config, effectiveConfig } from '../manifest/effective-config.ts';
import type { NativeManifest } from '../manifest/native-manifest.ts';
import { readManifest } from '../manifest/read-manifest.ts';

const manifestName = 'manifest.json';

/** A plugin project; every path is absolute. */
export interface Project {
  readonly root: string;
  readonly manifest: NativeManifest;
  readonly manifestPath: string;
  /** Where the manifest wants the library of a platform (default: this machine's); the file need not exist yet. */
  libraryPath(platform?: PlatformKey): string;
  readonly modelPath: string;
  /** What `mvas_init` gets as configuration, as JSON: defaults, then the project's file, then `overrides`. */
  configJson(overrides?: Config): Promise<string>;
  /** Folder of the test images. */
  readonly testImages: string;
  readonly expectedResultsPath: string;
  readonly benchmarkPath: string;
  readonly reportsFolder: string;
}

/** Whether a folder is a plugin project: it holds a manifest.json. */
export async function isProject(folder: string): Promise<boolean> {
  return (await stat(join(folder, manifestName)).catch(() => undefined))?.isFile() ?? false;
}

/** The nearest folder at or above `path` that is a project, or undefined. */
export async function findProject(path: string): Promise<string | undefined> {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (await isProject(folder)) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/**
 * Opens the project that `folder` belongs to.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` when neither the folder nor one above it holds a manifest.json, `MANIFEST_INVALID` when that breaks its schema.
 */
export async function openProject(folder: string): Promise<Project> {
  const place = await placeOf(folder);
  return projectOf(place.root, place.manifestPath, await readManifest(place.manifestPath));
}

/** Where a project of any kind lies. */
export type ProjectPlace = Pick<Project, 'root' | 'manifestPath' | 'reportsFolder'>;

/**
 * Finds the project that `folder` belongs to, whatever kind it is of.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` when neither the folder nor one above it holds a manifest.json.
 */
export async function placeOf(folder: string): Promise<ProjectPlace> {
  const root = await findProject(folder);
  if (root === undefined) {
    throw new KitError(
      'FILE_NOT_FOUND',
      `${resolve(folder)} is not in a plugin project: neither it nor a folder above it has a ${manifestName}`,
      {
        hint: 'go to the folder of your plugin, or start one with: mvas new my-inspection',
      },
    );
  }
  return { root, manifestPath: join(root, manifestName), reportsFolder: join(root, 'reports') };
}

function projectOf(root: string, manifestPath: string, manifest: NativeManifest): Project {
  const { testing, plugin } = manifest;
  return {
    root,
    manifest,
    manifestPath,
    libraryPath: (platform = hostPlatform()) => join(root, binaryOf(manifest, manifestPath, platform)),
    modelPath: join(root, plugin.model.path),
    configJson: async (overrides) => JSON.stringify(await effectiveConfig(manifest, (path) => readConfig(root, path), overrides)),
    testImages: join(root, testing.test_images ?? 'test/test_images'),
    expectedResultsPath: join(root, testing.expected_results ?? 'test/expected_results.json'),
    benchmarkPath: join(root, 'test/benchmark.json'),
    reportsFolder: join(root, 'reports'),
  };
}

function binaryOf({ plugin }: NativeManifest, manifestPath: string, platform: PlatformKey): string {
  const path = plugin.binaries[platform];
  if (path !== undefined) return path;
  throw new KitError('PLATFORM_UNSUPPORTED', `${manifestPath} names no library for ${platform} in plugin.binaries`, {
    hint: `it names ${Object.keys(plugin.binaries).join(', ')}; to build for it too: mvas add platform ${platform}`,
  });
}

async function readConfig(root: string, path: string): Promise<string> {
  try {
    return await readFile(join(root, path), 'utf8');
  } catch (cause) {
    throw readError(join(root, path), cause, 'manifest.json names it in configuration.default_config; write it or mend the path');
  }
}
