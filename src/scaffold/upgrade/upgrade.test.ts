import { appendFile, chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { scratchFolder } from '../../../test/scratch.ts';
import { testIo } from '../../../test/test-io.ts';
import { kitVersion } from '../../core/kit-version.ts';
import { scaffold } from '../scaffold.ts';
import { recordPath } from '../scaffold-record.ts';
import { digestOf, sourcesOf } from '../source-files.ts';
import { openTemplate } from '../template.ts';
import { packRelease, releasePath } from './released-templates.ts';
import { type UpgradeOptions, upgrade } from './upgrade.ts';

// yeoman takes seconds to load on a busy machine: not within the first test's time
beforeAll(async () => void (await import('../generator.ts')), 60_000);

type Files = Readonly<Record<string, string | Buffer>>;
const lines = (...text: readonly string[]) => `${text.join('\n')}\n`;
const v1: Files = {
  'readme.md.hbs': lines('# {{title}}', '', 'one', 'two', 'three', 'four'),
  'src/plugin.cpp': lines('int a;', 'int b;', 'int c;', 'int d;', 'int e;'),
  'src/old_name.h': lines('first', 'second', 'third', 'fourth', 'fifth'),
  'src/gone.h': lines('nobody needs it'),
  'assets/icon.png': Buffer.from([0x89, 0x50, 0, 1]),
  'run.sh': lines('#!/bin/sh'),
};
const { 'src/old_name.h': renamed = '', 'src/gone.h': _, ...rest } = v1;
const v2: Files = {
  ...rest,
  'readme.md.hbs': lines('# {{title}}', '', 'one', 'two', 'three', 'FOUR of {{name}}'),
  'src/plugin.cpp': lines('int a;', 'int b;', 'int c2;', 'int d;', 'int e;'),
  'src/new_name.h': String(renamed).replace('fifth', 'FIFTH'),
  'src/added.h': lines('new'),
  'assets/icon.png': Buffer.from([0x89, 0x50, 0, 2]),
};

async function writeFiles(folder: string, files: Files) {
  await rm(folder, { recursive: true, force: true });
  for (const [path, data] of Object.entries({ 'template.json': '{"title": "T", "summary": "s", "tools": []}', ...files })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), data);
  }
}

/** A project made from version 0.0.1 of a template, which is then kept as the release script keeps it, and replaced by version 2. */
async function oldProject(first: Files = v1, second: Files = v2) {
  const cwd = await scratchFolder();
  const [template, releases, root] = [join(cwd, 'mine'), join(cwd, 'releases'), join(cwd, 'cap')];
  await writeFiles(template, first);
  await scaffold({ folder: 'cap', template: './mine', answers: { appId: 'com.acme.cap', year: '2025' } }, testIo(cwd));
  const sources = await sourcesOf(await openTemplate('./mine', cwd));
  await mkdir(releases);
  await writeFile(releasePath('0.0.1', releases), packRelease('0.0.1', { mine: sources }));
  const record = JSON.parse(await readFile(join(root, recordPath), 'utf8'));
  await writeFile(join(root, recordPath), JSON.stringify({ ...record, version: '0.0.1', digest: digestOf(sources) }, null, 2));
  await writeFiles(template, second);
  const run = (options: Partial<UpgradeOptions> = {}) => upgrade({ folder: root, template: './mine', releases, ...options }, testIo(cwd));
  const actions = async (options: Partial<UpgradeOptions> = {}) =>
    Object.fromEntries((await run(options)).files.map(({ path, action }) => [path, action]));
  return { cwd, root, run, actions, read: (path: string) => readFile(join(root, path), 'utf8') };
}

test('an untouched project becomes what a new one would be', async () => {
  const { cwd, root, run, actions } = await oldProject();
  expect(await actions()).toEqual({
    'assets/icon.png': 'update',
    'readme.md': 'update',
    'run.sh': 'identical',
    'src/added.h': 'create',
    'src/gone.h': 'delete',
    'src/new_name.h': 'rename',
    'src/plugin.cpp': 'update',
  });
  await scaffold({ folder: 'fresh', template: './mine', answers: { appId: 'com.acme.cap', year: '2025', name: 'cap' } }, testIo(cwd));
  const names = await readdir(join(cwd, 'fresh'), { recursive: true });
  expect(await readdir(root, { recursive: true })).toEqual(names);
  for (const name of names.filter((path) => /\.\w+$/.test(path) && !path.endsWith('.mvas')))
    expect(await readFile(join(root, name)), name).toEqual(await readFile(join(cwd, 'fresh', name)));
  expect(await run()).toMatchObject({ pending: 0, from: { version: kitVersion } });
});

test('edits are merged, also into a file that the template renamed', async () => {
  const { run, read, root } = await oldProject();
  await writeFile(join(root, 'readme.md'), (await read('readme.md')).replace('one', 'ONE, mine'));
  await writeFile(join(root, 'src/old_name.h'), `mine\n${await read('src/old_name.h')}`);
  expect(await run()).toMatchObject({ conflicts: 0 });
  expect(await read('readme.md')).toBe(lines('# Cap', '', 'ONE, mine', 'two', 'three', 'FOUR of cap'));
  expect(await read('src/new_name.h')).toBe(lines('mine', 'first', 'second', 'third', 'fourth', 'FIFTH'));
  await expect(read('src/old_name.h')).rejects.toThrow('ENOENT');
});

test('what both changed gets markers; a picture stays, with the new one beside; what was deleted stays deleted', async () => {
  const { run, read, root } = await oldProject();
  await writeFile(join(root, 'src/plugin.cpp'), (await read('src/plugin.cpp')).replace('int c;', 'int mine;'));
  await writeFile(join(root, 'assets/icon.png'), Buffer.from([0x89, 0x50, 0, 9]));
  await appendFile(join(root, 'src/gone.h'), 'but I do\n');
  await rm(join(root, 'readme.md'));
  await rm(join(root, 'src/old_name.h'));
  const { conflicts, files } = await run();
  expect(conflicts).toBe(3);
  expect(await read('src/plugin.cpp')).toContain(
    `<<<<<<< yours\nint mine;\n=======\nint c2;\n>>>>>>> mvas-kit ${kitVersion}, template mine\n`,
  );
  const icon = files.find(({ path }) => path === 'assets/icon.png');
  const beside = /see (\S+)$/.exec(icon?.note ?? '')?.[1] ?? '';
  expect([...(await readFile(join(root, beside)))]).toEqual([0x89, 0x50, 0, 2]);
  expect([...(await readFile(join(root, 'assets/icon.png')))]).toEqual([0x89, 0x50, 0, 9]);
  expect(await read('src/gone.h')).toContain('but I do');
  const names = await readdir(root, { recursive: true });
  expect(names.filter((name) => /readme|_name/.test(name))).toEqual([]);
  for (const dryRun of [true, false])
    await expect(run({ dryRun })).rejects.toMatchObject({
      code: 'CONFLICT_UNRESOLVED',
      exit: 1,
      message: expect.stringMatching(/src\/plugin\.cpp$/),
    });
  await writeFile(join(root, 'src/plugin.cpp'), (await read('src/plugin.cpp')).replace(/<<<<<<< yours\n(.*\n)[\s\S]*?>>>>>>> .*\n/, '$1'));
  expect(await run()).toMatchObject({ pending: 0, conflicts: 0 });
});

test('a dry run writes nothing and tells what would be written', async () => {
  const { run, read, root } = await oldProject();
  const before = await read(recordPath);
  expect(await run({ dryRun: true })).toMatchObject({
    written: false,
    pending: 6,
    from: { version: '0.0.1' },
    to: { version: kitVersion },
  });
  expect(await readdir(join(root, 'src'))).toEqual(['gone.h', 'old_name.h', 'plugin.cpp']);
  expect(await read(recordPath)).toBe(before);
});

test('a folder with the old template serves where its version is not kept; without it the version is named', async () => {
  const { run, cwd, root } = await oldProject();
  await rm(join(cwd, 'releases'), { recursive: true });
  await expect(run()).rejects.toMatchObject({
    code: 'VERSION_UNKNOWN',
    exit: 2,
    message: expect.stringContaining('mine of 0.0.1'),
    hint: expect.stringContaining('--from'),
  });
  await writeFiles(join(cwd, 'before'), v1);
  expect(await run({ from: join(cwd, 'before') })).toMatchObject({ pending: 6, conflicts: 0 });
  expect(await readdir(join(root, 'src'))).toEqual(['added.h', 'new_name.h', 'plugin.cpp']);
});

test('a folder that no project is in, and a broken record, are refused with what to do', async () => {
  const { cwd, root, run } = await oldProject();
  await expect(upgrade({ folder: cwd }, testIo(cwd))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND', exit: 2 });
  await writeFile(join(root, recordPath), '{"template": "mine"}');
  await expect(run()).rejects.toMatchObject({ code: 'FILE_INVALID', message: expect.stringContaining('version') });
});

test('the SDK’s copies become the kit’s again, and what the user had made of them is kept beside', async () => {
  const cwd = await scratchFolder();
  const template = join(import.meta.dirname, '../../../test/fixtures/templates/small');
  const { root } = await scaffold({ folder: 'cap', template, answers: { appId: 'com.acme.cap' } }, testIo(cwd));
  const header = join(root, 'include/mvas_plugin.h');
  const original = await readFile(header, 'utf8');
  await writeFile(header, '// mine\n');
  await rm(join(root, 'cmake/mvas_exports.map'));
  await writeFile(join(root, 'CMakePresets.json'), (await readFile(join(root, 'CMakePresets.json'), 'utf8')).replaceAll('\n', '\r\n'));
  const { files } = await upgrade({ folder: root, template }, testIo(cwd));
  const changed = files.filter(({ action }) => action !== 'identical');
  expect(changed.map(({ path, action }) => [path, action])).toEqual([
    ['cmake/mvas_exports.map', 'create'],
    ['include/mvas_plugin.h', 'update'],
  ]);
  expect(await readFile(header, 'utf8')).toBe(original);
  const kept = /in (\S+)$/.exec(changed[1]?.note ?? '')?.[1] ?? '';
  expect(await readFile(join(root, kept), 'utf8')).toBe('// mine\n');
});

test.skipIf(process.platform === 'win32')('a mode that the template changed arrives, one that the user changed stays', async () => {
  const { root, run } = await oldProject(
    { ...v1, 'assets/raw.bin': Buffer.from([0, 1]) },
    { ...v1, 'assets/raw.bin': Buffer.from([0, 2]) },
  );
  await chmod(join(root, 'run.sh'), 0o755);
  expect(await run()).toMatchObject({ conflicts: 0, pending: 1 });
  expect((await stat(join(root, 'run.sh'))).mode & 0o777).toBe(0o755);
});
