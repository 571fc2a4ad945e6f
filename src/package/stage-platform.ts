// Puts what one platform's build made into a folder of its own, to be carried to the machine that packs.
import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stagingPath, writeError } from '../core/atomic-write.ts';
import { KitError } from '../core/kit-error.ts';
import type { PlatformKey } from '../core/platform.ts';
import { refuseExisting } from '../core/refuse-existing.ts';
import type { Project } from '../project/project.ts';
import { platformFiles } from './platform-files.ts';

/** A folder that was written. */
export interface StagedPlatform {
  readonly platform: PlatformKey;
  /** Absolute path. */
  readonly folder: string;
  /** Paths in it, laid out as in the project. */
  readonly files: readonly string[];
}

/**
 * Copies the library of a platform, what the manifest says it needs, and its reports into a new folder.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` naming every file that the manifest names and nobody built; `FILE_EXISTS`, `WRITE_FAILED`.
 */
export async function stagePlatform(
  project: Pick<Project, 'root' | 'manifest'>,
  platform: PlatformKey,
  folder: string,
): Promise<StagedPlatform> {
  const { required, optional } = platformFiles(project.manifest, platform);
  const isThere = async (path: string) => (await stat(join(project.root, path)).catch(() => undefined))?.isFile() ?? false;
  const present: string[] = [];
  for (const path of [...required, ...optional]) if (await isThere(path)) present.push(path);
  const missing = required.filter((path) => !present.includes(path));
  if (missing.length > 0)
    throw new KitError('FILE_NOT_FOUND', `${project.root} has no ${missing.join(', ')}, which manifest.json names for ${platform}`, {
      hint: `build it first: mvas build --platform ${platform}`,
    });
  await refuseExisting(folder, 'remove it, or name another folder with --output');
  const staging = stagingPath(folder);
  try {
    for (const path of present) {
      await mkdir(dirname(join(staging, path)), { recursive: true });
      await copyFile(join(project.root, path), join(staging, path));
    }
    await rename(staging, folder);
  } catch (cause) {
    await rm(staging, { recursive: true, force: true });
    throw writeError(folder, cause);
  }
  return { platform, folder, files: present };
}
