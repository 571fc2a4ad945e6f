import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../../test/scratch.ts';
import { findProject, isProject, openProject } from './project.ts';

const manifest = join(import.meta.dirname, '../../test/fixtures/native-manifest.json');

test('a project is opened from its folder and from any folder below it', async () => {
  const root = await scratchFolder();
  await cp(manifest, join(root, 'manifest.json'));
  await mkdir(join(root, 'src/deep'), { recursive: true });
  expect(await isProject(root)).toBe(true);
  expect(await findProject(join(root, 'src/deep'))).toBe(root);
  const project = await openProject(join(root, 'src/deep'));
  expect(project.root).toBe(root);
  expect(project.manifestPath).toBe(join(root, 'manifest.json'));
  expect(project.libraryPath('linux-x64')).toBe(join(root, 'bin/linux/plugin.so'));
  expect(project.reportsFolder).toBe(join(root, 'reports'));
});

test('a folder without a manifest at or above it is refused with the way to start a project', async () => {
  const root = await scratchFolder();
  await expect(openProject(root)).rejects.toMatchObject({
    code: 'FILE_NOT_FOUND',
    exit: 2,
    message: expect.stringContaining(root),
    hint: expect.stringContaining('mvas new'),
  });
});

test('a platform that the manifest does not name is refused with those it names', async () => {
  const root = await scratchFolder();
  await cp(manifest, join(root, 'manifest.json'));
  const project = await openProject(root);
  expect(() => project.libraryPath('macos-x64')).toThrow(
    expect.objectContaining({
      message: expect.stringContaining('no library for macos-x64'),
      hint: expect.stringMatching(/^it names .*mvas add platform macos-x64$/),
    }),
  );
});

test('the configuration is the defaults, then the file, then overrides', async () => {
  const root = await scratchFolder();
  await cp(manifest, join(root, 'manifest.json'));
  const project = await openProject(root);
  await expect(project.configJson()).rejects.toMatchObject({
    code: 'FILE_NOT_FOUND',
    message: expect.stringContaining('default_params.json'),
  });
  await mkdir(join(root, 'config'));
  await writeFile(join(root, 'config/default_params.json'), '{"threshold": 0.25}');
  expect(JSON.parse(await project.configJson())).toMatchObject({ threshold: 0.25, visualization_type: 'heatmap' });
  expect(JSON.parse(await project.configJson({ threshold: 0.75 }))).toMatchObject({ threshold: 0.75 });
});
