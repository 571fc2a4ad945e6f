// Finds the developer key of this machine for a package.
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Io } from '../core/io.ts';
import { KitError } from '../core/kit-error.ts';
import { readArchive } from '../package/archive.ts';
import { readPackagedManifest } from '../package/package-manifest.ts';
import { mvasHome } from './mvas-home.ts';
import { namespaceOf } from './namespace.ts';

/**
 * Path of the key that `mvas keygen --dev` made for the namespace of the package's app.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` when there is none; what reading the package throws.
 */
export async function findOwnKey(packagePath: string, env: Io['env']): Promise<string> {
  await using archive = await readArchive(packagePath);
  const namespace = namespaceOf((await readPackagedManifest(archive)).app.id);
  const path = join(mvasHome(env), 'keys', `${namespace.replace(/\.\*$/, '')}.key.pem`);
  try {
    await access(path);
    return path;
  } catch (cause) {
    throw new KitError('FILE_NOT_FOUND', `there is no developer key for ${namespace}: ${path} is missing`, {
      cause,
      hint: `make one with: mvas keygen --dev --namespace "${namespace}"; or name a key with --key`,
    });
  }
}
