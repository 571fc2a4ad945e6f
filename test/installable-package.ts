// A signed package of a real plugin that inspects pictures, in any version.
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packProject } from '../src/package/pack-project.ts';
import { signPackage } from '../src/signing/sign.ts';
import { packableProject } from './packable-project.ts';

/** What differs from one package to the next. */
export interface PackageChoice {
  readonly version: string;
  /** None leaves it unsigned. */
  readonly key?: KeyObject;
  readonly versionCode?: number;
}

/** Writes a package of com.acme.cap into a folder; gives its path. */
export async function installablePackage(folder: string, { version, key, versionCode }: PackageChoice): Promise<string> {
  const name = `cap-${version}${key === undefined ? '' : `-${key.asymmetricKeyType}`}`;
  const project = await packableProject(join(folder, name), ({ app, ...manifest }) => ({
    ...manifest,
    app: { ...app, version, ...(versionCode === undefined ? {} : { version_code: versionCode }) },
  }));
  await copyFile(join(import.meta.dirname, 'plugins/good/brightness.model'), join(project.root, 'models/model.onnx'));
  const { path } = await packProject(project, { output: join(folder, `${name}.mvapp`) });
  if (key !== undefined) await signPackage(path, { key: createPrivateKey(key.export({ type: 'pkcs8', format: 'pem' })) });
  return path;
}
