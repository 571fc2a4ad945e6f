import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { scratchFolder } from '../../../test/scratch.ts';
import { testIo } from '../../../test/test-io.ts';
import { readManifest } from '../../manifest/read-manifest.ts';
import { scaffold } from '../scaffold.ts';
import { readRecord } from '../scaffold-record.ts';
import type { MergeReport } from '../upgrade/report.ts';
import { upgrade } from '../upgrade/upgrade.ts';
import { addGolden } from './add-golden.ts';
import { addLanguage } from './add-language.ts';
import { addPlatform } from './add-platform.ts';
import { addWorkflow } from './add-workflow.ts';

// yeoman takes seconds to load on a busy machine: not within the first test's time
beforeAll(async () => void (await import('../generator.ts')), 60_000);

async function project(template = 'cpp-onnx', answers = {}) {
  const cwd = await scratchFolder();
  const { root } = await scaffold(
    { folder: 'cap', template, answers: { appId: 'com.acme.cap', platforms: 'linux-x64', year: '2025', ...answers } },
    testIo(cwd),
  );
  return { cwd, root, io: testIo(cwd), options: { folder: root, template }, read: (path: string) => readFile(join(root, path), 'utf8') };
}

const changed = ({ files }: MergeReport) =>
  files.filter(({ action }) => action !== 'identical' && action !== 'kept').map(({ path, action }) => [path, action]);

test('a platform comes into the manifest as a new project would have it, once', async () => {
  const { cwd, root, io, options } = await project();
  expect(changed(await addPlatform(['windows-x64,linux-x64', 'macos-arm64'], options, io))).toEqual([['manifest.json', 'update']]);
  const platforms = 'linux-x64,windows-x64,macos-arm64';
  await scaffold({ folder: 'fresh', template: 'cpp-onnx', answers: { appId: 'com.acme.cap', platforms, year: '2025', name: 'cap' } }, io);
  for (const path of ['manifest.json', '.mvas/scaffold.json', 'CMakePresets.json'])
    expect(await readFile(join(root, path), 'utf8'), path).toBe(await readFile(join(cwd, 'fresh', path), 'utf8'));
  expect(await addPlatform(['macos-arm64'], options, io)).toMatchObject({ pending: 0 });
  expect(await upgrade(options, io)).toMatchObject({ pending: 0 });
});

test('a platform comes into a manifest that was edited at that very place, and its formatting stays', async () => {
  const { root, io, options, read } = await project();
  const mine = (await read('manifest.json'))
    .replace('"linux-x64": "bin/linux/plugin.so"', '"linux-x64":   "bin/linux/plugin.so",\n      "linux-arm64": "bin/mine/plugin.so"')
    .replace('"version_code": 1', '"version_code":    7');
  await writeFile(join(root, 'manifest.json'), mine);
  expect(await addPlatform(['windows-x64'], options, io)).toMatchObject({ conflicts: 0, pending: 1 });
  const { plugin } = await readManifest(join(root, 'manifest.json'));
  expect(plugin.binaries).toEqual({
    'linux-x64': 'bin/linux/plugin.so',
    'linux-arm64': 'bin/mine/plugin.so',
    'windows-x64': 'bin/windows/plugin.dll',
  });
  expect(plugin.dependencies['windows-x64']).toEqual(['deps/windows/onnxruntime.dll']);
  for (const text of ['"version_code":    7', '"linux-x64":   "bin']) expect(await read('manifest.json')).toContain(text);
});

test('what is no platform is refused with those that are', async () => {
  const { io, options } = await project();
  await expect(addPlatform(['amiga'], options, io)).rejects.toMatchObject({
    code: 'FLAG_INVALID',
    exit: 2,
    hint: expect.stringContaining('windows-arm64'),
  });
});

test('a workflow is added once, also when it had been deleted, and is never written over', async () => {
  const cwd = await scratchFolder();
  await mkdir(join(cwd, 'mine/.github/workflows'), { recursive: true });
  await writeFile(join(cwd, 'mine/template.json'), '{"title": "Mine", "summary": "with a workflow", "tools": []}');
  await writeFile(join(cwd, 'mine/.github/workflows/plugin.yml.hbs'), 'name: {{name}}\n');
  const io = testIo(cwd);
  const { root } = await scaffold({ folder: 'cap', template: './mine', answers: { appId: 'com.acme.cap', ci: 'none' } }, io);
  const path = join(root, '.github/workflows/plugin.yml');
  const options = { folder: root, template: './mine' };
  expect(await readdir(root)).not.toContain('.github');
  expect(changed(await addWorkflow('github', options, io))).toEqual([['.github/workflows/plugin.yml', 'create']]);
  expect(await readFile(path, 'utf8')).toBe('name: cap\n');
  expect((await readRecord(root)).answers.ci).toBe('github');
  await writeFile(path, 'name: mine\n');
  expect(await addWorkflow('github', options, io)).toMatchObject({ pending: 0 });
  expect(await readFile(path, 'utf8')).toBe('name: mine\n');
  await rm(path);
  expect(await addWorkflow('github', { ...options, dryRun: true }, io)).toMatchObject({ pending: 1, written: false });
  expect(await readdir(join(root, '.github/workflows'))).toEqual([]);
  expect(await addWorkflow('github', options, io)).toMatchObject({ pending: 1 });
  await rm(join(cwd, 'mine/.github'), { recursive: true });
  await expect(addWorkflow('github', options, io)).rejects.toMatchObject({
    code: 'FLAG_INVALID',
    message: expect.stringContaining('mine'),
  });
});

test('nothing is added to files in which an upgrade left its markers', async () => {
  const { root, io, options, read } = await project();
  const clean = await read('manifest.json');
  const marked = `<<<<<<< yours\n${clean}=======\n${clean}>>>>>>> mvas-kit 0.1.0, template cpp-onnx\n`;
  await writeFile(join(root, 'manifest.json'), marked);
  const additions = [
    () => addPlatform(['windows-x64'], options, io),
    () => addPlatform(['windows-x64'], { ...options, dryRun: true }, io),
    () => addGolden([], options, io),
    () => addLanguage('de', options, io),
    () => addWorkflow('github', options, io),
  ];
  for (const add of additions)
    await expect(add()).rejects.toMatchObject({
      code: 'CONFLICT_UNRESOLVED',
      exit: 1,
      message: expect.stringContaining('in manifest.json'),
    });
  expect(await read('manifest.json')).toBe(marked);
  expect(await readdir(root)).not.toContain('localization');
  await writeFile(join(root, 'manifest.json'), clean);
  expect(await addPlatform(['windows-x64'], options, io)).toMatchObject({ pending: 1 });
});

test('golden images come with their test, their place in manifest and scripts, and the pictures', async () => {
  const template = join(import.meta.dirname, '../../../test/fixtures/templates/small');
  const { cwd, io, root, read } = await project(template);
  await writeFile(join(cwd, 'part.png'), 'a picture');
  const options = { folder: root };
  expect(changed(await addGolden(['part.png'], options, io)).map(([path]) => path)).toEqual([
    'manifest.json',
    'package.json',
    'test/golden.test.ts',
    'test/expected_results.json',
    'test/test_images/part.png',
  ]);
  expect((await readManifest(join(root, 'manifest.json'))).testing).toEqual({
    test_images: 'test/test_images/',
    expected_results: 'test/expected_results.json',
  });
  expect(JSON.parse(await read('package.json')).scripts).toEqual({ golden: 'mvas golden' });
  expect(await addGolden(['part.png'], options, io)).toMatchObject({ pending: 0 });
  await writeFile(join(cwd, 'part.png'), 'another picture');
  await expect(addGolden(['part.png'], options, io)).rejects.toMatchObject({ code: 'FILE_EXISTS' });
  await expect(addGolden(['gone.png'], options, io)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  await expect(addGolden(['part.pdf'], options, io)).rejects.toMatchObject({ code: 'IMAGE_INVALID' });
});

test('a language gets every text of the manifest; translations stay, new settings are added', async () => {
  const { root, io, options, read } = await project();
  await addLanguage('de', options, io);
  const path = join(root, 'localization/de.json');
  const first = JSON.parse(await read('localization/de.json'));
  expect(first).toMatchObject({ language: 'de', app: { name: 'Cap' }, settings: { threshold: { label: 'Anomaly threshold' } } });
  await writeFile(path, (await read('localization/de.json')).replace('Anomaly threshold', 'Schwelle'));
  expect(await addLanguage('de', options, io)).toMatchObject({ pending: 0 });
  await writeFile(join(root, 'manifest.json'), (await read('manifest.json')).replace('"key": "min_area"', '"key": "least"'));
  expect(changed(await addLanguage('DE', options, io))).toEqual([['localization/de.json', 'merge']]);
  expect(JSON.parse(await read('localization/de.json')).settings).toMatchObject({
    threshold: { label: 'Schwelle' },
    least: { label: 'Smallest defect' },
  });
  await expect(addLanguage('german!', options, io)).rejects.toMatchObject({ code: 'FLAG_INVALID' });
});
