import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { scratchFolder } from '../../test/scratch.ts';
import { testIo } from '../../test/test-io.ts';
import { sha256Hex } from '../core/digest.ts';
import { kitVersion } from '../core/kit-version.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { type ScaffoldOptions, scaffold } from './scaffold.ts';
import { templateFor } from './template.ts';

const fixture = join(import.meta.dirname, '../../test/fixtures/templates/small');
const options: ScaffoldOptions = {
  folder: 'cap',
  template: fixture,
  answers: { appId: 'com.acme.cap', platforms: 'linux-x64,windows-x64', year: '2025' },
};

// yeoman takes seconds to load on a busy machine: not within the first test's time
beforeAll(async () => void (await import('./generator.ts')), 60_000);

test('*.hbs files are rendered, all others are copied byte for byte with their modes', async () => {
  const cwd = await scratchFolder();
  const { root } = await scaffold(options, testIo(cwd));
  expect(root).toBe(join(cwd, 'cap'));
  expect(await readFile(join(root, 'CMakeLists.txt'), 'utf8')).toMatch(/^# Copyright \(c\) 2025 Acme\n[\s\S]*project\(cap C CXX\)/);
  const manifest = await readManifest(join(root, 'manifest.json'));
  expect(manifest.app).toMatchObject({ id: 'com.acme.cap', name: 'Cap', author: { name: 'Acme' } });
  expect(manifest.plugin.binaries).toEqual({ 'linux-x64': 'bin/linux/plugin.so', 'windows-x64': 'bin/windows/plugin.dll' });
  for (const path of ['assets/raw.bin', 'scripts/hello.sh'])
    expect(await readFile(join(root, path))).toEqual(await readFile(join(fixture, path)));
  if (process.platform !== 'win32') {
    expect((await stat(join(root, 'scripts/hello.sh'))).mode & 0o777).toBe(0o755);
    expect((await stat(join(root, 'manifest.json'))).mode & 0o111).toBe(0);
  }
});

test('names that npm would not pack get their dot back, and template.json stays behind', async () => {
  const cwd = await scratchFolder();
  await scaffold(options, testIo(cwd));
  const names = await readdir(join(cwd, 'cap'));
  expect(names).toEqual(expect.arrayContaining(['.gitignore', '.npmrc', 'include', 'cmake']));
  expect(names.filter((name) => name.startsWith('_') || name === 'template.json')).toEqual([]);
});

test('a project records what it was made from', async () => {
  const cwd = await scratchFolder();
  const report = await scaffold(options, testIo(cwd));
  const record: unknown = JSON.parse(await readFile(join(cwd, 'cap/.mvas/scaffold.json'), 'utf8'));
  expect(record).toEqual({ template: 'small', version: kitVersion, digest: report.digest, answers: report.answers });
  expect(report.digest).toMatch(/^[0-9a-f]{64}$/);
});

test('the same answers give the same bytes, and the report has the digest of each', async () => {
  const cwd = await scratchFolder();
  const first = await scaffold(options, testIo(cwd));
  const second = await scaffold({ ...options, folder: 'other/../copy', answers: { ...options.answers, name: 'cap' } }, testIo(cwd));
  expect(second.files).toEqual(first.files);
  for (const { path, sha256, sizeBytes } of second.files) {
    const data = await readFile(join(cwd, 'copy', path));
    expect([sha256Hex(data), data.length], path).toEqual([sha256, sizeBytes]);
  }
});

test('a dry run writes nothing and says what would happen to each file', async () => {
  const cwd = await scratchFolder();
  const plan = await scaffold({ ...options, dryRun: true }, testIo(cwd));
  expect(plan.written).toBe(false);
  expect(new Set(plan.files.map(({ action }) => action))).toEqual(new Set(['create']));
  expect(await readdir(cwd)).toEqual([]);
  await scaffold(options, testIo(cwd));
  await writeFile(join(cwd, 'cap/manifest.json'), '{}');
  const again = await scaffold({ ...options, dryRun: true }, testIo(cwd));
  expect(again.files.filter(({ action }) => action !== 'identical')).toMatchObject([{ path: 'manifest.json', action: 'conflict' }]);
});

test('a folder with something in it is refused and left as it is', async () => {
  const cwd = await scratchFolder();
  await mkdir(join(cwd, 'cap'));
  await writeFile(join(cwd, 'cap/notes.txt'), 'mine');
  await expect(scaffold(options, testIo(cwd))).rejects.toMatchObject({
    code: 'FILE_EXISTS',
    exit: 2,
    message: expect.stringContaining('notes.txt'),
  });
  expect(await readdir(join(cwd, 'cap'))).toEqual(['notes.txt']);
});

test('a file in the place of the folder is refused', async () => {
  const cwd = await scratchFolder();
  await writeFile(join(cwd, 'cap'), 'mine');
  await expect(scaffold(options, testIo(cwd))).rejects.toMatchObject({ code: 'FILE_EXISTS' });
});

test('an empty folder and a fresh git repository are filled in place', async () => {
  const cwd = await scratchFolder();
  await mkdir(join(cwd, 'cap/.git'), { recursive: true });
  const before = await stat(join(cwd, 'cap'));
  await scaffold(options, testIo(cwd));
  expect((await stat(join(cwd, 'cap'))).ino).toBe(before.ino);
  expect(await readdir(join(cwd, 'cap'))).toEqual(expect.arrayContaining(['.git', 'manifest.json']));
  expect((await readdir(join(cwd, 'cap'))).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('an interrupted run leaves nothing, not even folders above the project', async () => {
  const cwd = await scratchFolder();
  await expect(scaffold({ ...options, folder: 'line/3/cap' }, testIo(cwd, { signal: AbortSignal.abort() }))).rejects.toMatchObject({
    code: 'INTERRUPTED',
  });
  expect(await readdir(cwd)).toEqual([]);
});

test('a template that uses a name which does not exist is refused with its file, and nothing is written', async () => {
  const cwd = await scratchFolder();
  await mkdir(join(cwd, 'mine'));
  await writeFile(join(cwd, 'mine/template.json'), '{"title": "Mine", "summary": "wrong", "tools": []}');
  await writeFile(join(cwd, 'mine/readme.md.hbs'), '{{titel}}');
  await expect(scaffold({ ...options, template: './mine' }, testIo(cwd))).rejects.toMatchObject({
    code: 'FILE_INVALID',
    message: expect.stringMatching(/readme\.md\.hbs.*titel/s),
  });
  expect(await readdir(cwd)).toEqual(['mine']);
});

test('what running a template’s own scripts leaves behind is not copied', async () => {
  const cwd = await scratchFolder();
  await mkdir(join(cwd, 'mine/__pycache__'), { recursive: true });
  await writeFile(join(cwd, 'mine/template.json'), '{"title": "Mine", "summary": "run before", "tools": []}');
  await writeFile(join(cwd, 'mine/__pycache__/fit.pyc'), 'x');
  const { files } = await scaffold({ ...options, template: './mine', dryRun: true }, testIo(cwd));
  expect(files.filter(({ path }) => path.includes('__pycache__'))).toEqual([]);
});

test('a raw block keeps the braces of workflows', async () => {
  const cwd = await scratchFolder();
  await mkdir(join(cwd, 'mine'));
  await writeFile(join(cwd, 'mine/template.json'), '{"title": "Mine", "summary": "raw", "tools": []}');
  await writeFile(join(cwd, 'mine/ci.yml.hbs'), 'name: {{name}}\nkey: {{{{raw}}}}$' + '{{ secrets.KEY }}{{{{/raw}}}}\n');
  await scaffold({ ...options, template: './mine' }, testIo(cwd));
  expect(await readFile(join(cwd, 'cap/ci.yml'), 'utf8')).toBe('name: cap\nkey: $' + '{{ secrets.KEY }}\n');
});

test('a template that is not there is refused with those that are', async () => {
  const cwd = await scratchFolder();
  await expect(scaffold({ ...options, template: 'cobol' }, testIo(cwd))).rejects.toMatchObject({
    code: 'FLAG_INVALID',
    message: expect.stringContaining('cobol'),
  });
});

/** A template that says the texts of `description`. */
async function ownTemplate(cwd: string, description: object) {
  await mkdir(join(cwd, 'mine'), { recursive: true });
  await writeFile(join(cwd, 'mine/template.json'), JSON.stringify({ title: 'Mine', summary: 'shares', tools: [], ...description }));
}

test('a template may share files with another; its own win, and a file that is nowhere is an error', async () => {
  const cwd = await scratchFolder();
  await ownTemplate(cwd, { shared: { template: 'cpp-onnx', paths: ['config/', '.editorconfig'] } });
  await writeFile(join(cwd, 'mine/.editorconfig'), '# mine\n');
  const { files, root } = await scaffold({ ...options, template: './mine' }, testIo(cwd));
  expect(files.map(({ path }) => path)).toEqual([
    '.editorconfig',
    '.mvas/scaffold.json',
    'config/default_params.json',
    'config/thresholds.json',
  ]);
  expect(await readFile(join(root, '.editorconfig'), 'utf8')).toBe('# mine\n');
  await ownTemplate(cwd, { shared: { template: 'cpp-onnx', paths: ['nowhere/'] } });
  await expect(scaffold({ ...options, folder: 'other', template: './mine' }, testIo(cwd))).rejects.toMatchObject({
    code: 'FILE_INVALID',
    message: expect.stringContaining('nowhere/'),
  });
  await ownTemplate(cwd, { shared: { template: 'cpp-onnx' } });
  await expect(scaffold({ ...options, folder: 'other', template: './mine' }, testIo(cwd))).rejects.toMatchObject({ code: 'FILE_INVALID' });
});

test('a project carries the SDK for what builds it, and the Rust one has all that the C++ one shares with it', async () => {
  const cwd = await scratchFolder();
  const made = await Promise.all(
    ['cpp-onnx', 'rust'].map((template) => scaffold({ ...options, folder: template, template, dryRun: true }, testIo(cwd))),
  );
  const [cpp, rust] = made.map(({ files }) => new Map(files.map(({ path, sha256 }) => [path, sha256])));
  expect([cpp?.has('include/mvas_plugin.h'), cpp?.has('mvas-plugin/src/lib.rs')]).toEqual([true, false]);
  expect([rust?.has('include/mvas_plugin.h'), rust?.has('mvas-plugin/src/lib.rs')]).toEqual([false, true]);
  for (const path of ['models/model.onnx', 'test/expected_results.json', 'test/test_images/dent_01.png', 'scripts/fit_model.py'])
    expect(rust?.get(path), path).toBe(cpp?.get(path) ?? '');
  expect([...(rust?.keys() ?? [])].filter((path) => /(^|\/)(target|Cargo\.lock)(\/|$)/.test(path))).toEqual(['Cargo.lock']);
});

test('language and engine choose the template', async () => {
  const wishes = [
    { language: 'cpp' },
    { language: 'rust' },
    { engine: 'onnx' },
    { engine: 'tensorrt' },
    { language: 'cpp', engine: 'onnx' },
  ];
  expect(await Promise.all(wishes.map(templateFor))).toEqual(['cpp-onnx', 'rust', 'cpp-onnx', 'cpp-tensorrt', 'cpp-onnx']);
  await expect(templateFor({ language: 'cobol' })).rejects.toMatchObject({
    code: 'FLAG_INVALID',
    hint: expect.stringContaining('cpp, rust'),
  });
  await expect(templateFor({ language: 'rust', engine: 'steam' })).rejects.toMatchObject({
    code: 'FLAG_INVALID',
    message: 'there is no template for the engine "steam" in the language "rust"',
    hint: 'choose one of onnx',
  });
});
