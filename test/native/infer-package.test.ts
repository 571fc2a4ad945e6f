import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packProject } from '../../src/package/pack-project.ts';
import { openProject } from '../../src/project/project.ts';
import { evenPng, inspectionProject, writeFiles } from '../inspection-project.ts';
import { cli, scratchFolder } from '../scratch.ts';

/** A folder with a package, a picture, and a home of its own for keys, trust and temporary files. */
async function place() {
  const root = await inspectionProject(await scratchFolder(), 'test/plugins/runtime/moods.c');
  const { path } = await packProject(await openProject(root), { output: join(root, 'brightness.mvapp') });
  const bytes = await readFile(path);
  const folder = await scratchFolder();
  await writeFiles(folder, { 'app.mvapp': bytes, 'part.png': await evenPng([250, 250, 250]) });
  const run = (...args: string[]) => cli(args, { cwd: folder, env: { MVAS_HOME: join(folder, 'home'), TMPDIR: folder, TEMP: folder } });
  return { folder, bytes, run };
}

test('an unsigned package is refused, and taken only with --allow-unsigned, which is said', async () => {
  const { run } = await place();
  const refused = await run('infer', 'app.mvapp', 'part.png');
  expect(refused).toMatchObject({ exitCode: 11, stdout: '', stderr: expect.stringMatching(/^UNSIGNED: .*app\.mvapp/) });
  const taken = await run('infer', 'app.mvapp', 'part.png', '--allow-unsigned');
  expect(taken).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/part\.png +fail/),
    stderr: expect.stringContaining('UNSIGNED, loaded only because'),
  });
});

test('a signed package is inspected with when its signer is trusted, and nothing of it is left behind', async () => {
  const { folder, run } = await place();
  expect(await run('keygen', '--dev', '--namespace', 'com.acme.*')).toMatchObject({ exitCode: 0 });
  expect(await run('sign', 'app.mvapp')).toMatchObject({ exitCode: 0 });
  const { exitCode, stdout, stderr } = await run('infer', 'app.mvapp', 'part.png');
  expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/part\.png +fail/)]);
  expect(stderr).toContain('verified, signed by');
  expect((await readdir(folder)).sort()).toEqual(['app.mvapp', 'home', 'part.png']);
});

test('one changed byte in the library is refused before anything of it runs', async () => {
  const { folder, run } = await place();
  await run('keygen', '--dev', '--namespace', 'com.acme.*');
  await run('sign', 'app.mvapp');
  const signed = await readFile(join(folder, 'app.mvapp'));
  const at = signed.indexOf('\x7fELF') > 0 ? signed.indexOf('\x7fELF') + 64 : Math.floor(signed.length / 2);
  signed[at] = (signed[at] ?? 0) ^ 1;
  await writeFile(join(folder, 'app.mvapp'), signed);
  const { exitCode, stdout, stderr } = await run('infer', 'app.mvapp', 'part.png');
  expect([exitCode, stdout]).toEqual([12, '']);
  expect(stderr).toMatch(/^CONTENT_DIFFERS: .*bin\/.*plugin/);
  expect((await readdir(folder)).sort()).toEqual(['app.mvapp', 'home', 'part.png']);
});

test('a truncated package is malformed, and no text file is a package', async () => {
  const { folder, bytes, run } = await place();
  await writeFile(join(folder, 'app.mvapp'), bytes.subarray(0, bytes.length - 10));
  expect(await run('infer', 'app.mvapp', 'part.png', '--allow-unsigned')).toMatchObject({ exitCode: 10 });
  await writeFile(join(folder, 'app.mvapp'), 'hello');
  expect(await run('infer', 'app.mvapp', 'part.png', '--allow-unsigned')).toMatchObject({
    exitCode: 10,
    stderr: expect.stringMatching(/^CONTAINER_MALFORMED/),
  });
});
