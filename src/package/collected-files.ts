// Holds what a bin-<platform> folder brings against what the manifest names for that platform.
import { lstat, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { readBinary } from '../binary/read-binary.ts';
import { toErrorText } from '../core/kit-error.ts';
import type { PlatformKey } from '../core/platform.ts';
import type { PlatformFiles } from './platform-files.ts';

/** What a folder brings, and everything that is wrong with it, as sentences. */
export interface CollectedFiles {
  /** Paths in the project, with `/`. */
  readonly files: readonly string[];
  readonly problems: readonly string[];
}

/** Looks at every file of a folder: a build brings its own files and no others, so that it cannot replace what another made. */
export async function collectedProblems(folder: string, platform: PlatformKey, expected: PlatformFiles): Promise<CollectedFiles> {
  if (!(await lstat(folder)).isDirectory()) return { files: [], problems: [`${folder} is no folder`] };
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => !entry.isDirectory());
  const paths = entries.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')).sort();
  const known = [...expected.required, ...expected.optional];
  const links = entries.filter((entry) => !entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const problems = [
    ...links.map((path) => `${path} is no ordinary file`),
    ...paths
      .filter((path) => !known.includes(path))
      .map((path) => `${join(folder, path)} is unexpected: no file of ${platform} is called so`),
    ...expected.required.filter((path) => !paths.includes(path)).map((path) => `${folder} has no ${path}`),
  ];
  if (problems.length > 0) return { files: [], problems };
  return {
    files: paths,
    problems: expected.required.filter((path) => isLibrary.test(path)).flatMap((path) => wrongPlatform(join(folder, path), platform)),
  };
}

const isLibrary = /\.(dll|dylib|so(\.\d+)*)$/;

function wrongPlatform(path: string, platform: PlatformKey): string[] {
  try {
    const { platforms, format, machine } = readBinary(path);
    return platforms.includes(platform)
      ? []
      : [`${path} is no library for ${platform}: it is ${format} for ${platforms.join(' and ') || machine}`];
  } catch (error) {
    return [toErrorText(error)];
  }
}
