import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { evenPng, inspectionProject, writeFiles } from '../inspection-project.ts';
import { cli, cliPath, scratchFolder } from '../scratch.ts';

let root: string;

beforeEach(async () => {
  root = await inspectionProject(await scratchFolder(), 'test/plugins/runtime/moods.c');
  await writeFiles(join(root, 'photos'), { 'dark.png': await evenPng([20, 20, 20]), 'bright.png': await evenPng([250, 250, 250]) });
});

test('the table is on stdout, what was loaded on stderr', async () => {
  const { exitCode, stdout, stderr } = await cli(['infer', '.', 'photos', '--once'], { cwd: root });
  expect(exitCode).toBe(0);
  expect(stdout.split('\n').map((line) => line.trimEnd().split(/ {2,}/).slice(0, 2))).toEqual([
    ['IMAGE', 'DECISION'],
    ['photos/bright.png', 'fail'],
    ['photos/dark.png', 'pass'],
    [''],
  ]);
  expect(stderr).toMatch(/^Brightness 1\.2\.3: a project, not verified; ready after \d+ ms\n$/);
});

test('JSON is one object for one picture and an array for several, and nothing else is on stdout', async () => {
  const one = await cli(['infer', '.', 'photos/dark.png', '--json'], { cwd: root });
  expect(JSON.parse(one.stdout)).toMatchObject({
    image: 'photos/dark.png',
    decision: 'pass',
    visualization: null,
    details: { brightness: 0.078431 },
  });
  const two = await cli(['infer', root, 'dark.png', 'bright.png', '--json'], { cwd: join(root, 'photos') });
  expect(JSON.parse(two.stdout)).toMatchObject([{ image: 'dark.png' }, { image: 'bright.png' }]);
});

test('a picture that could not be inspected is exit 1, and its reason is in table and JSON', async () => {
  await writeFiles(join(root, 'photos'), { 'torn.png': 'no picture' });
  const table = await cli(['infer', '.', 'photos'], { cwd: root });
  expect(table.exitCode).toBe(1);
  expect(table.stdout).toMatch(/photos\/torn\.png +error +IMAGE_INVALID: /);
  expect(table.stderr).toContain('INFER_FAILED: 1 of 3 pictures could not be inspected: photos/torn.png');
  const json = await cli(['infer', '.', 'photos', '--json'], { cwd: root });
  expect(json.exitCode).toBe(1);
  expect(JSON.parse(json.stdout)[2]).toMatchObject({ image: 'photos/torn.png', error: { code: 'IMAGE_INVALID' } });
});

test('--fail-on makes a verdict the exit code', async () => {
  const exits = async (...args: string[]) => (await cli(['infer', '.', ...args], { cwd: root })).exitCode;
  await writeFiles(join(root, 'photos'), { 'middle.png': await evenPng([90, 90, 90]) });
  expect(await exits('photos/middle.png', '--fail-on', 'fail')).toBe(0);
  expect(await exits('photos/middle.png', '--fail-on', 'review')).toBe(1);
  expect(await exits('photos/bright.png', '--fail-on', 'fail')).toBe(1);
  expect(await exits('photos/dark.png', '--fail-on', 'review')).toBe(0);
  expect(await exits('photos/dark.png', '--fail-on', 'pass')).toBe(2);
});

test('wrong calls are exit 2 and load nothing', async () => {
  const run = async (...args: string[]) => await cli(['infer', ...args], { cwd: root });
  expect(await run('.', 'photos', '--set', 'threshold')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('it takes key=value'),
  });
  expect(await run('.', 'photos', '--set', 'treshold=1')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('did you mean threshold?'),
  });
  expect(await run('.', 'photos', '--config', 'none.json')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('none.json') });
  expect(await run('.', 'photos/drak.png')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('did you mean') });
  expect(await run('nosuch.mvapp', 'photos')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/^FILE_NOT_FOUND: .*nosuch\.mvapp/),
  });
  expect(await run('.')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("missing required argument 'images'") });
});

test('--visualize writes pictures, JSON and a page with every picture inside', async () => {
  const { exitCode, stderr } = await cli(['infer', '.', 'photos', '--visualize'], { cwd: root });
  expect([exitCode, stderr]).toEqual([0, expect.stringContaining(join(root, 'mvas-infer', 'index.html'))]);
  const page = await readFile(join(root, 'mvas-infer', 'index.html'), 'utf8');
  expect(page.match(/src="data:image\/webp;base64,/g)).toHaveLength(2);
  expect(page).toContain('2 images · 1 fail · 1 pass');
  expect(page).toContain('href="./overlays/bright.png.overlay.png"');
});

test.skipIf(process.platform === 'win32')('Ctrl-C while a plugin hangs ends it, is exit 130 and leaves nothing behind', async () => {
  await writeFiles(root, { 'green.png': await evenPng([0, 255, 0]) });
  const child = spawn(process.execPath, [cliPath, 'infer', '.', 'photos', 'green.png', '--output', 'out'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += String(chunk);
    if (/dark\.png +pass/.test(text)) child.kill('SIGINT'); // the next picture is the one that hangs
  });
  child.stderr.on('data', (chunk: Buffer) => {
    text += String(chunk);
  });
  expect((await once(child, 'close'))[0]).toBe(130);
  expect(text).toContain('INTERRUPTED: interrupted');
  expect((await readdir(root)).sort()).toEqual(['bin', 'green.png', 'manifest.json', 'models', 'photos']);
});
