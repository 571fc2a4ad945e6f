// The package that commands mean when none is named: that of the project in the current folder.
import { stat } from 'node:fs/promises';
import { KitError } from '../core/kit-error.ts';
import { readAnyManifest } from '../manifest/read-manifest.ts';
import { packagePath } from '../package/pack-project.ts';
import { placeOf } from '../project/project.ts';

/**
 * Path of the project's package.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` when here is no project, or it is not packed yet.
 */
export async function packageHere(cwd: string): Promise<string> {
  const { root, manifestPath } = await placeOf(cwd);
  const path = packagePath(root, await readAnyManifest(manifestPath));
  if (await stat(path).catch(() => undefined)) return path;
  throw new KitError('FILE_NOT_FOUND', `${path} does not exist yet`, { hint: 'make it with: mvas package' });
}
