// A small project that can be packed: a real plugin for this machine, a model, settings, a test picture.
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hostPlatform, type PlatformKey, platforms } from '../src/core/platform.ts';
import { compilePlugin } from './compile-plugin.ts';

/** Where the project's parts are. */
export interface PackableProject {
  readonly root: string;
  readonly manifestPath: string;
  readonly reportsFolder: string;
  readonly platform: PlatformKey;
  /** Name of the library in the project. */
  readonly library: string;
}

/** Writes the project; `change` edits its manifest. */
export async function packableProject(
  root: string,
  change: (manifest: Record<string, object>) => object = (same) => same,
): Promise<PackableProject> {
  const platform = hostPlatform();
  const library = `bin/${platforms[platform].folder}/${platforms[platform].library}`;
  const manifest = {
    manifest_version: '2.0.0',
    app: { id: 'com.acme.cap', name: 'Cap', version: '1.2.3' },
    plugin: { binaries: { [platform]: library }, model: { path: 'models/model.onnx' } },
    configuration: { default_config: 'config/default_params.json' },
  };
  const files: Record<string, string> = {
    'manifest.json': JSON.stringify(change(manifest as unknown as Record<string, object>)),
    'models/model.onnx': 'weights',
    'config/default_params.json': '{}\n',
    'test/test_images/good.png': 'a picture',
    'assets/.DS_Store': 'litter',
    'src/plugin.cpp': '// not packed',
    'test/test_plugin.cpp': '// not packed',
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
  await mkdir(dirname(join(root, library)), { recursive: true });
  await copyFile(await compilePlugin('test/plugins/good/plain.c'), join(root, library));
  return { root, manifestPath: join(root, 'manifest.json'), reportsFolder: join(root, 'reports'), platform, library };
}
