import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { cli, scratchFolder } from '../scratch.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'create-mvas-plugin');
const run = promisify(execFile);
const windows = process.platform === 'win32';
const answers = ['--app-id', 'com.acme.cap', '--year', '2025', '--yes', '--json'];

interface Made {
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

/** npm as a user runs it, but with a cache of its own and no network. */
async function npm(args: readonly string[], cwd: string) {
  const env = { ...process.env, CI: '', npm_config_cache: join(cwd, '.npm-cache'), npm_config_update_notifier: 'false' };
  return await run('npm', ['--offline', '--loglevel=error', ...args], { cwd, env, shell: windows });
}

beforeAll(async () => {
  await run(process.execPath, [join(root, 'scripts/bundle-create.js')]);
});

async function packed(): Promise<string> {
  const target = await scratchFolder();
  const { stdout } = await npm(['pack', folder, '--ignore-scripts', '--json', '--pack-destination', target], target);
  const [{ filename }] = JSON.parse(stdout);
  return join(target, filename);
}

test('the package has no dependencies, the version of the kit and at most 1.2 MB of code', async () => {
  const [own, kit] = await Promise.all(
    [join(folder, 'package.json'), join(root, 'package.json')].map(async (path) => JSON.parse(await readFile(path, 'utf8'))),
  );
  expect(own.version).toBe(kit.version);
  expect(own.engines).toEqual(kit.engines);
  expect(Object.keys(own).filter((key) => key.toLowerCase().endsWith('dependencies'))).toEqual([]);
  expect((await stat(join(folder, 'dist/cli/create-main.js'))).size).toBeLessThanOrEqual(1_200_000);
  expect(await readFile(join(folder, 'THIRD-PARTY.txt'), 'utf8')).toMatch(/handlebars [\d.]+, MIT\n\nCopyright/);
});

test('run by npm in an empty folder, it makes the same project as mvas new but for the version of the kit', async () => {
  const archive = await packed();
  const cwd = await scratchFolder();
  await mkdir(join(cwd, 'by-npm'));
  const made: Made = JSON.parse(
    (await npm(['exec', '--yes', `--package=${archive}`, '--', 'create-mvas-plugin', 'cap', ...answers], join(cwd, 'by-npm'))).stdout,
  );
  const { stdout } = await cli(['new', join(cwd, 'by-mvas/cap'), ...answers]);
  const same: Made = JSON.parse(stdout);
  expect(made.files.map(({ path }) => path)).toEqual(same.files.map(({ path }) => path));
  const different = made.files.filter(({ sha256 }, index) => sha256 !== same.files[index]?.sha256).map(({ path }) => path);
  expect(different).toEqual(['package.json']);
  const { devDependencies } = JSON.parse(await readFile(join(cwd, 'by-npm/cap/package.json'), 'utf8'));
  expect(devDependencies['mvas-kit']).toMatch(/^\^\d+\.\d+\.\d+$/);
  if (!windows) expect((await stat(join(cwd, 'by-npm/cap/scripts/build.sh'))).mode & 0o111).not.toBe(0);
  expect(await readdir(join(cwd, 'by-npm/cap'))).toEqual(expect.arrayContaining(['.gitignore', '.npmrc', '.mvas', 'manifest.json']));
});

test('its errors are those of mvas new', async () => {
  const cwd = await scratchFolder();
  const failed = await run(process.execPath, [join(folder, 'dist/cli/create-main.js'), 'cap'], {
    cwd,
    env: { ...process.env, CI: '' },
  }).catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: 2, stderr: expect.stringMatching(/^ANSWER_MISSING: .*--app-id/) });
  expect(await readdir(cwd)).toEqual([]);
});
