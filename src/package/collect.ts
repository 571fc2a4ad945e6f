// Brings what several machines built into one project: all of it, or nothing.
import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { sha256File } from '../core/digest.ts';
import { KitError } from '../core/kit-error.ts';
import { isPlatformKey, type PlatformKey } from '../core/platform.ts';
import { readError } from '../core/read-error.ts';
import type { Project } from '../project/project.ts';
import { collectedProblems } from './collected-files.ts';
import { type PlacedFile, placeTogether } from './place-together.ts';
import { platformFiles, platformFolder } from './platform-files.ts';

/** What to collect. */
export interface CollectOptions {
  /** Folders that hold `bin-<platform>` folders, or are one; absolute. */
  readonly folders: readonly string[];
  /** The platforms that must be there, and no others; default all that the manifest names. */
  readonly platforms?: readonly PlatformKey[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What was put into a project. */
export interface Collection {
  /** Absolute path of the project. */
  readonly root: string;
  readonly platforms: readonly {
    readonly platform: PlatformKey;
    readonly folder: string;
    readonly files: readonly { readonly path: string; readonly sha256: string }[];
  }[];
}

/**
 * Puts the files of `bin-<platform>` folders to their places in a project.
 *
 * @throws {@link KitError} `COLLECT_REFUSED` with every platform that is missing, unexpected or there twice, every file that does not belong,
 * and every library of another platform; `FILE_NOT_FOUND` for a folder that cannot be read; `WRITE_FAILED`, `INTERRUPTED`. The project is then as before.
 */
export async function collectPlatforms(project: Pick<Project, 'root' | 'manifest'>, options: CollectOptions): Promise<Collection> {
  const wanted = options.platforms ?? Object.keys(project.manifest.plugin.binaries).filter(isPlatformKey);
  const sources = (await Promise.all(options.folders.map(findSources))).flat();
  const problems = [...unexpected(sources, wanted), ...repeated(sources, wanted), ...missing(sources, wanted)];
  const taken = wanted.flatMap((platform) => sources.filter(({ key }) => key === platform).map((source) => ({ ...source, platform })));
  const files: (PlacedFile & { readonly platform: PlatformKey })[] = [];
  for (const { platform, folder } of taken) {
    const expected = platformFiles(project.manifest, platform);
    const found = await collectedProblems(folder, platform, expected);
    problems.push(...found.problems);
    files.push(...found.files.map((path) => ({ platform, source: join(folder, path), path })));
  }
  problems.push(...(await clashes(files)));
  if (problems.length > 0)
    throw new KitError('COLLECT_REFUSED', problems.join('; '), {
      hint: `nothing was changed; bring one folder, such as ${platformFolder('linux-x64')}, for each of ${wanted.join(', ')}, as mvas ci stage makes them`,
    });
  await placeTogether(project.root, files, options.signal);
  return { root: project.root, platforms: await Promise.all(taken.map((one) => described(one, files))) };
}

interface Source {
  /** What follows `bin-` in the folder's name. */
  readonly key: string | undefined;
  readonly folder: string;
}

async function findSources(folder: string): Promise<Source[]> {
  const own = keyOf(folder);
  if (own !== undefined) return [{ key: own, folder: resolve(folder) }];
  try {
    const names = (await readdir(folder)).sort();
    return names.map((name) => ({ key: keyOf(name), folder: join(folder, name) }));
  } catch (cause) {
    throw readError(folder, cause, 'name the folder that holds the bin-<platform> folders');
  }
}

/** Names are compared without case: two that differ in it would be one folder on Windows. */
function keyOf(folder: string): string | undefined {
  return /^bin-(.*)$/i.exec(basename(resolve(folder)))?.[1]?.toLowerCase();
}

function unexpected(sources: readonly Source[], wanted: readonly PlatformKey[]): string[] {
  return sources.flatMap(({ key, folder }) => {
    if (key === undefined) return [`${folder} is unexpected: it is no bin-<platform> folder`];
    if (wanted.some((platform) => platform === key)) return [];
    return [`${folder} is unexpected: ${isPlatformKey(key) ? `the project is not built for ${key}` : `${key} is no platform`}`];
  });
}

function repeated(sources: readonly Source[], wanted: readonly PlatformKey[]): string[] {
  return wanted.flatMap((platform) => {
    const same = sources.filter(({ key }) => key === platform);
    return same.length > 1 ? [`${platform} is there twice: ${same.map(({ folder }) => folder).join(' and ')}`] : [];
  });
}

function missing(sources: readonly Source[], wanted: readonly PlatformKey[]): string[] {
  const absent = wanted.filter((platform) => !sources.some(({ key }) => key === platform));
  return absent.map((platform) => `${platform} is missing: there is no ${platformFolder(platform)}`);
}

/** A file that two platforms share must be the same in both. */
async function clashes(files: readonly PlacedFile[]): Promise<string[]> {
  const digests = new Map<string, string>();
  const problems: string[] = [];
  for (const { path, source } of files.filter((file) => files.some((other) => other !== file && other.path === file.path))) {
    const digest = await sha256File(source);
    if ((digests.get(path) ?? digest) !== digest) problems.push(`${path} differs between platforms that share it`);
    digests.set(path, digest);
  }
  return problems;
}

async function described(
  { platform, folder }: { readonly platform: PlatformKey; readonly folder: string },
  files: readonly (PlacedFile & { readonly platform: PlatformKey })[],
): Promise<Collection['platforms'][number]> {
  const own = files.filter((file) => file.platform === platform);
  return { platform, folder, files: await Promise.all(own.map(async ({ path, source }) => ({ path, sha256: await sha256File(source) }))) };
}
