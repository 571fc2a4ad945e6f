// A plugin with pictures in a scratch folder, laid out like a project, for tests of golden and bench.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PluginSubject } from '../src/golden/plugin-subject.ts';
import { encodePng } from '../src/image/encode-png.ts';
import { scratchFolder } from './scratch.ts';

/** A subject in a new folder; `pictures` are grey pictures of 48×32 of one brightness, by name. */
export async function scratchSubject(
  library: string,
  pictures: Readonly<Record<string, number>>,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<PluginSubject> {
  const root = await scratchFolder();
  for (const [name, brightness] of Object.entries(pictures)) await writePicture(join(root, 'test/test_images', name), brightness);
  await writeFile(join(root, 'brightness.model'), 'mvas brightness model 1\n256 0\nend\n');
  return {
    root,
    library,
    model: join(root, 'brightness.model'),
    config: JSON.stringify(settings),
    dependencies: [],
    testImages: join(root, 'test/test_images'),
    expectedResults: join(root, 'test/expected_results.json'),
    benchmark: join(root, 'test/benchmark.json'),
    reports: join(root, 'reports'),
  };
}

/** Writes a grey picture that brightens from left to right by 31 levels. */
export async function writePicture(path: string, brightness: number): Promise<void> {
  const [width, height] = [48, 32];
  const data = Uint8Array.from({ length: width * height }, (_, at) => Math.min(255, brightness + Math.floor((at % width) * 0.66)));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, await encodePng({ data, width, height, channels: 1 }));
}
