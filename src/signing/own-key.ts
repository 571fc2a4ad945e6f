// Finds the developer key of this machine for a package.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Io } from '../core/io.ts';
import { KitError } from '../core/kit-error.ts';
import { readArchive } from '../package/archive.ts';
import { readPackagedManifest } from '../package/package-manifest.ts';
import { mvasHome } from './mvas-home.ts';
import { keyNamesFor, namespaceOf } from './namespace.ts';

/**
 * Path of the narrowest key that `mvas keygen --dev` made for the package's app.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` when there is none; what reading the package throws.
 */
export async function findOwnKey(packagePath: string, env: Io['env']): Promise<string> {
  await using archive = await readArchive(packagePath);
  const { id } = (await readPackagedManifest(archive)).app;
  const folder = join(mvasHome(env), 'keys');
  for (const name of keyNamesFor(id)) {
    const path = join(folder, `${name}.key.pem`);
    if (await stat(path).catch(() => undefined)) return path;
  }
  throw new KitError('FILE_NOT_FOUND', `there is no developer key for ${id} in ${folder}`, {
    hint: `make one with: mvas keygen --dev --namespace "${namespaceOf(id)}"; or name a key with --key`,
  });
}
