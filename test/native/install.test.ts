import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { evenPng } from '../inspection-project.ts';
import { installablePackage } from '../installable-package.ts';
import { type CliRun, cli, scratchFolder } from '../scratch.ts';
import { newEdKey, publicOf } from '../signed-package.ts';

const key = newEdKey();
const stranger = newEdKey();
let packages: string;
let home: string;

beforeAll(async () => {
  packages = await mkdtemp(join(tmpdir(), 'mvas-test-'));
  await Promise.all(['1.0.0', '1.1.0', '1.2.0'].map((version) => installablePackage(packages, { version, key })));
  await installablePackage(packages, { version: '1.3.0' });
  await writeFile(join(packages, 'part.png'), await evenPng([250, 250, 250]));
});

afterAll(() => rm(packages, { recursive: true }));

beforeEach(async () => {
  home = await scratchFolder();
  await writeFile(join(home, 'maker.pem'), publicOf(key).export({ type: 'spki', format: 'pem' }));
  await mvas('trust', 'add', join(home, 'maker.pem'), '--namespace', 'com.acme.*', '--label', 'maker');
});

function mvas(...args: string[]): Promise<CliRun> {
  return cli(args, { cwd: packages, env: { MVAS_HOME: home } });
}

const install = (version: string, ...flags: string[]) => mvas('install', `cap-${version}-ed25519.mvapp`, ...flags);
const infer = () => mvas('infer', 'cap', 'part.png', '--json');
const folderOf = async () => JSON.parse((await install('1.0.0', '--json')).stdout).folder as string;

async function listed(): Promise<Record<string, unknown>[]> {
  return JSON.parse((await mvas('list', '--json')).stdout);
}

test('a package is installed, used by its name, replaced, rolled back and removed', async () => {
  expect(await mvas('list')).toMatchObject({ exitCode: 0, stdout: '', stderr: 'no app is installed: mvas install FILE\n' });
  expect(await install('1.0.0')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^com\.acme\.cap 1\.0\.0 installed, signed by key [0-9a-f]{16}\n$/),
  });
  const result = await infer();
  expect(JSON.parse(result.stdout)).toMatchObject({ image: 'part.png', decision: 'fail' });
  expect(result.stderr).toMatch(/^Cap 1\.0\.0: installed, signed by key /);
  expect((await install('1.1.0')).stdout).toContain('com.acme.cap 1.1.0 installed, signed by');
  expect(await listed()).toMatchObject([
    { id: 'com.acme.cap', version: '1.1.0', status: 'installed', previous: expect.stringMatching(/^1\.0\.0-/) },
  ]);
  expect((await mvas('rollback', 'com.acme.cap')).stdout).toBe('com.acme.cap is back from 1.1.0 to 1.0.0\n');
  expect((await infer()).stderr).toMatch(/^Cap 1\.0\.0: /);
  expect((await mvas('uninstall', 'cap')).stdout).toBe('com.acme.cap removed\n');
  expect(await readdir(join(home, 'plugins'))).toEqual([]);
  expect(await infer()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('nor an installed app') });
});

test('the release in use and the one before are kept, older ones are removed', async () => {
  for (const version of ['1.0.0', '1.1.0', '1.2.0', '1.2.0']) expect((await install(version)).exitCode).toBe(0);
  const names = await readdir(join(home, 'plugins/com.acme.cap'));
  expect(names.map((name) => name.replace(/-[0-9a-f]{8}$/, '')).sort()).toEqual(['1.1.0', '1.2.0', 'current']);
});

test('what is not trusted, or must not replace what is installed, changes nothing', async () => {
  await install('1.1.0');
  const before = await listed();
  const foreign = await installablePackage(await scratchFolder(), { version: '1.4.0', key: stranger });
  expect(await mvas('install', foreign)).toMatchObject({ exitCode: 14 });
  await writeFile(join(home, 'other.pem'), publicOf(stranger).export({ type: 'spki', format: 'pem' }));
  await mvas('trust', 'add', join(home, 'other.pem'), '--namespace', 'com.acme.*');
  expect(await mvas('install', foreign)).toMatchObject({
    exitCode: 17,
    stderr: expect.stringContaining('no lineage leads from one to the other'),
  });
  expect(await mvas('install', 'cap-1.3.0.mvapp')).toMatchObject({ exitCode: 11 });
  expect(await mvas('install', 'cap-1.3.0.mvapp', '--allow-unsigned')).toMatchObject({ exitCode: 17 });
  expect(await install('1.0.0')).toMatchObject({ exitCode: 17, stderr: expect.stringContaining('--allow-downgrade') });
  expect(await mvas('install', 'nothing.mvapp')).toMatchObject({ exitCode: 2 });
  expect(await listed()).toEqual(before);
  expect(await install('1.0.0', '--allow-downgrade')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('1.1.0 was in use before'),
  });
});

test('an unsigned package is installed only on demand, and says so whenever it is used', async () => {
  expect((await mvas('install', 'cap-1.3.0.mvapp', '--allow-unsigned')).stdout).toContain('installed, UNSIGNED');
  expect((await infer()).stderr).toContain('installed UNSIGNED, because that was allowed');
  expect((await mvas('list')).stdout).toMatch(/com\.acme\.cap +installed +1\.3\.0 +- +UNSIGNED/);
});

test.each<[string, (folder: string) => Promise<unknown>, string]>([
  [
    'changed',
    async (folder) => await writeFile(join(folder, 'models/model.onnx'), 'gain 256\noffset 9\n'),
    'models/model.onnx was changed',
  ],
  ['missing', async (folder) => await rm(join(folder, 'config/default_params.json')), 'config/default_params.json is missing'],
  ['more', async (folder) => await writeFile(join(folder, 'bin/extra.so'), 'x'), 'bin/extra.so was added'],
  [
    'a link',
    async (folder) => {
      await rm(join(folder, 'models/model.onnx'));
      await symlink(join(packages, 'part.png'), join(folder, 'models/model.onnx'));
    },
    'models/model.onnx was changed',
  ],
])('a file that is %s since the installation is named and nothing is loaded; installing again mends it', async (_, change, words) => {
  await change(await folderOf());
  expect(await infer()).toMatchObject({
    exitCode: 12,
    stdout: '',
    stderr: expect.stringContaining(`com.acme.cap 1.0.0: since it was installed ${words}`),
  });
  expect((await install('1.0.0')).exitCode).toBe(0);
  expect((await infer()).exitCode).toBe(0);
});

test('a key or package that was revoked since stops the app; a pin that was taken away does not', async () => {
  await install('1.0.0');
  await install('1.1.0');
  const { pins } = JSON.parse((await mvas('trust', 'list', '--json')).stdout);
  await mvas('trust', 'remove', pins[0].keyId);
  expect((await infer()).exitCode).toBe(0);
  await mvas('trust', 'revoke', 'cap-1.1.0-ed25519.mvapp', '--reason', 'wrong verdicts');
  expect(await infer()).toMatchObject({ exitCode: 16, stderr: expect.stringContaining('is revoked: wrong verdicts') });
  expect(await listed()).toMatchObject([{ status: 'revoked' }]);
  expect((await mvas('rollback', 'cap')).exitCode).toBe(0);
  expect((await infer()).exitCode).toBe(0);
  await mvas('trust', 'revoke', pins[0].keyId);
  expect(await infer()).toMatchObject({ exitCode: 16 });
});

test('a damaged record is named, listed as damaged, and mended by installing again', async () => {
  const folder = await folderOf();
  await writeFile(join(folder, '../installed.json'), '{"formatVersion": 1');
  expect(await infer()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('installed.json is not valid JSON') });
  expect(await listed()).toMatchObject([{ id: 'com.acme.cap', status: 'damaged' }]);
  await writeFile(join(folder, '../installed.json'), '{"formatVersion": 1}');
  expect(await install('1.1.0')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('remove the app with mvas uninstall, then install it again'),
  });
  expect((await mvas('uninstall', 'cap')).exitCode).toBe(0);
  expect((await install('1.0.0')).exitCode).toBe(0);
});

test('a home that cannot be written is exit 3', async () => {
  await writeFile(join(home, 'plugins'), 'a file');
  expect(await install('1.0.0')).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('WRITE_FAILED') });
  expect(await readFile(join(home, 'plugins'), 'utf8')).toBe('a file');
});
