import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { schemaErrors } from '../report-schemas.ts';
import { scratchFolder } from '../scratch.ts';

const root = join(import.meta.dirname, '../..');

/** A kit of its own, as it is installed from the registry, whose version and templates may be changed. */
async function installedKit() {
  const cwd = await scratchFolder();
  const kit = join(cwd, 'kit');
  await mkdir(join(kit, 'scripts'), { recursive: true });
  for (const name of ['dist', 'sdk', 'templates', 'package.json', 'scripts/keep-templates.js'])
    await cp(join(root, name), join(kit, name), { recursive: true, filter: (path) => !/[\\/](target|__pycache__)$/.test(path) });
  await symlink(join(root, 'node_modules'), join(kit, 'node_modules'), 'junction');
  const node = (file: string, args: readonly string[], env = {}) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      execFile(
        process.execPath,
        [join(kit, file), ...args],
        { cwd, env: { ...process.env, CI: '', ...env }, maxBuffer: 1 << 24 },
        (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }),
      );
    });
  const edit = async (path: string, change: (text: string) => string) =>
    await writeFile(join(cwd, path), change(await readFile(join(cwd, path), 'utf8')));
  return { cwd, kit, node, edit, mvas: (...args: string[]) => node('dist/cli/main.js', args) };
}

type Kit = Awaited<ReturnType<typeof installedKit>>;

/** A project of the present version, which is then kept, and followed by a version with a changed template. */
async function oldProject({ cwd, kit, node, edit, mvas }: Kit): Promise<void> {
  expect((await mvas('new', 'cap', '--template', 'cpp-onnx', '--app-id', 'com.acme.cap', '--yes')).code).toBe(0);
  const check = () => node('scripts/keep-templates.js', ['--check']);
  expect(await check()).toMatchObject({ code: 1, err: expect.stringContaining('run npm run keep-templates') });
  expect(await node('scripts/keep-templates.js', [])).toMatchObject({ code: 0, out: expect.stringMatching(/^kept .*cpp-onnx.* of /) });
  expect(await node('scripts/keep-templates.js', [])).toMatchObject({ code: 2, err: expect.stringContaining('raise the version') });
  expect(await check()).toMatchObject({ code: 0 });
  await edit('kit/package.json', (text) => text.replace(/"version": "[^"]*"/, '"version": "99.0.0"'));
  await edit('kit/templates/cpp-onnx/README.md.hbs', (text) =>
    text.replace('Five minutes', 'Ten minutes').replace('Ship it', 'Ship {{name}}'),
  );
  await edit('kit/templates/cpp-onnx/src/plugin.cpp.hbs', (text) => text.replace('0.6f', '0.7f'));
  await edit('kit/templates/cpp-onnx/.editorconfig', (text) => `${text}# newer\n`);
  await rm(join(kit, 'templates/cpp-onnx/config/thresholds.json'));
  await writeFile(join(cwd, 'kit/templates/cpp-onnx/src/added.h'), '// new\n');
}

test('a project of an earlier release is upgraded by the kit that follows: edits stay, conflicts are marked, exit codes tell', async () => {
  const installed = await installedKit();
  const { cwd, mvas, edit } = installed;
  await oldProject(installed);
  await edit('cap/README.md', (text) => text.replace('Five minutes', 'My minutes'));
  await edit('cap/src/plugin.cpp', (text) => `// mine\n${text}`);
  const check = await mvas('upgrade', 'cap', '--check', '--json');
  expect(check.code).toBe(1);
  const planned = JSON.parse(check.out);
  expect(await schemaErrors('merge-report', planned)).toEqual([]);
  expect(planned).toMatchObject({ written: false, to: { version: '99.0.0' }, conflicts: 1 });
  expect((await mvas('upgrade', 'cap', '--dry-run')).out).toMatch(/^conflict {2}README\.md[\s\S]*^would change/m);
  const done = await mvas('upgrade', 'cap');
  expect(done, done.err).toMatchObject({ code: 1, out: expect.stringMatching(/^merge {5}src\/plugin\.cpp$/m) });
  const read = (path: string) => readFile(join(cwd, 'cap', path), 'utf8');
  expect(await read('README.md')).toMatch(
    /<<<<<<< yours\nMy minutes.*\n=======\nTen minutes.*\n>>>>>>> mvas-kit 99\.0\.0[\s\S]*## Ship cap\n/,
  );
  expect(await read('src/plugin.cpp')).toMatch(/^\/\/ mine\n[\s\S]*0\.7f/);
  expect(JSON.parse(await read('package.json')).devDependencies['mvas-kit']).toBe('^99.0.0');
  expect(await readdir(join(cwd, 'cap/config'))).toEqual(['default_params.json']);
  for (const flags of [[], ['--check']])
    expect(await mvas('upgrade', 'cap', ...flags)).toMatchObject({
      code: 1,
      err: expect.stringContaining('conflict markers of an earlier upgrade are still in README.md'),
    });
  await edit('cap/README.md', (text) => text.replace(/<<<<<<< yours\n(.*\n)[\s\S]*?>>>>>>> .*\n/g, '$1'));
  expect(await mvas('upgrade', 'cap', '--check')).toMatchObject({
    code: 0,
    out: expect.stringContaining('is up to date with cpp-onnx 99.0.0'),
  });
  expect((await mvas('add', 'platform', 'macos-arm64', '--project', 'cap')).out).toMatch(/^update {4}manifest\.json$/m);
  expect((await mvas('upgrade', 'cap', '--check')).code).toBe(0);
});

test.skipIf(process.platform === 'win32')(
  'an upgrade that is killed at any time leaves the old project, or one that the next run finishes',
  async () => {
    const installed = await installedKit();
    const { cwd, kit, mvas } = installed;
    await oldProject(installed);
    for (let file = 0; file < 150; file += 1) await writeFile(join(kit, `templates/cpp-onnx/config/${file}.json`), `{"file": ${file}}\n`);
    await cp(join(cwd, 'cap'), join(cwd, 'whole'), { recursive: true });
    expect((await mvas('upgrade', 'whole')).code).toBe(0);
    for (let round = 0; round < 2; round += 1) {
      const project = join(cwd, `cap-${round}`);
      await cp(join(cwd, 'cap'), project, { recursive: true });
      const child = spawn(process.execPath, [join(kit, 'dist/cli/main.js'), 'upgrade', project], { stdio: 'ignore' });
      const ended = once(child, 'close');
      // the signal comes while files are staged or moved, whatever the machine's speed
      for (let wait = 0; wait < 3000 && child.exitCode === null; wait += 1) {
        if ((await readdir(join(project, '.mvas/upgrade.part')).catch(() => [])).length > 20 + round * 80) break;
        await sleep(1);
      }
      child.kill('SIGKILL');
      await ended;
      expect(await mvas('upgrade', project)).toMatchObject({ code: 0 });
      expect((await readdir(project, { recursive: true })).sort()).toEqual((await readdir(join(cwd, 'whole'), { recursive: true })).sort());
    }
  },
);

test('without a Python that can fit, the command that makes one is told, and nothing is written', async () => {
  const { cwd, kit, node } = await installedKit();
  const good = join(kit, 'templates/cpp-onnx/images/good');
  const flags = ['new', 'cap', '--images', good, '--app-id', 'com.acme.cap', '--yes'];
  const refused = await node('dist/cli/main.js', flags, { PATH: cwd, VIRTUAL_ENV: '' });
  expect(refused).toMatchObject({ code: 3, err: expect.stringMatching(/^TOOL_MISSING: .*numpy and onnx[\s\S]*pip install numpy onnx/m) });
  expect(await readdir(cwd)).toEqual(['kit']);
});
