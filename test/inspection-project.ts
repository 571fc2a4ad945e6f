// A small project with a test plugin, and pictures to inspect.
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hostPlatform } from '../src/core/platform.ts';
import { encodePng } from '../src/image/encode-png.ts';
import { compilePlugin } from './compile-plugin.ts';

const model = 'mvas brightness model 1\n256 0\nend\n';

/** Writes a project whose plugin judges by brightness: review from 0.3, fail from 0.5; `app`, `plugin` and `configuration` replace parts of these sections. */
export async function inspectionProject(
  root: string,
  source: string,
  { app = {}, plugin = {}, configuration = {} }: { [section in 'app' | 'plugin' | 'configuration']?: Record<string, unknown> } = {},
): Promise<string> {
  const library = `bin/${hostPlatform()}/plugin.bin`;
  await compilePlugin(source, { output: join(root, library) });
  await writeFiles(root, { 'models/model.txt': model });
  await writeFiles(root, {
    'manifest.json': JSON.stringify({
      manifest_version: '2.0.0',
      package_type: 'native',
      app: {
        id: 'com.acme.brightness',
        name: 'Brightness',
        version: '1.2.3',
        description: 'Judges brightness',
        category: 'anomaly_detection',
        ...app,
      },
      plugin: { interface_version: '2.0', binaries: { [hostPlatform()]: library }, model: { path: 'models/model.txt' }, ...plugin },
      interface: { input: { max_batch_size: 4 }, output: { classes: ['bright spot'] } },
      configuration: {
        default_config: { threshold: 0.5 },
        user_configurable: [{ key: 'threshold', type: 'float', default: 0.5, min: 0, max: 1, label: 'Threshold' }],
        ...configuration,
      },
    }),
  });
  return root;
}

/** Writes files below a folder. */
export async function writeFiles(root: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [name, data] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), data);
  }
}

/** A PNG of one colour. */
export async function evenPng(colour: readonly [number, number, number], width = 32, height = 24): Promise<Buffer> {
  const data = new Uint8Array(width * height * 3).map((_, index) => colour[(index % 3) as 0 | 1 | 2]);
  return await encodePng({ data, width, height, channels: 3 });
}

/** Copies a file of the project, for tests that need a model in two places. */
export async function copyWithin(root: string, from: string, to: string): Promise<void> {
  await mkdir(dirname(join(root, to)), { recursive: true });
  await copyFile(join(root, from), join(root, to));
}
