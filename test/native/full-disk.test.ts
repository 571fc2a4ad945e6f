import { copyFile, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packProject } from '../../src/package/pack-project.ts';
import { openInstalled } from '../../src/runtime/installation/open-installed.ts';
import { packableProject } from '../packable-project.ts';
import { type CliRun, cli, scratchFolder } from '../scratch.ts';
import { canMount, smallDisk } from '../small-disk.ts';
import { testIo } from '../test-io.ts';

const megabyte = 1024 * 1024;

/** Packs a project with a model of that size; gives the path of the package and the folder of the project. */
async function packageOf(version: string, modelBytes: number): Promise<{ path: string; root: string }> {
  const project = await packableProject(join(await scratchFolder(), 'cap'), ({ app, ...manifest }) => ({
    ...manifest,
    app: { ...app, version },
  }));
  await writeFile(join(project.root, 'models/model.onnx'), Buffer.alloc(modelBytes, 'weights'));
  const { path } = await packProject(project);
  return { path, root: project.root };
}

function expectFull({ exitCode, stderr, stdout }: CliRun): void {
  expect(stderr).toMatch(/^WRITE_FAILED: .+ cannot be written: the disk is full\n {2}free space on the disk, or /m);
  expect(exitCode).toBe(3);
  expect(stdout).toBe('');
}

test.skipIf(!canMount)('a full disk ends packing with exit 3 and leaves nothing', async () => {
  const { root } = await packageOf('1.0.0', 4 * megabyte);
  const disk = await smallDisk(megabyte);
  expectFull(await cli(['package', root, '-o', join(disk, 'a.mvapp')]));
  expect(await readdir(disk)).toEqual([]);
});

test.skipIf(!canMount)('a full disk ends signing with exit 3, leaves no half file, and the package as it was', async () => {
  const { path } = await packageOf('1.0.0', 4 * megabyte);
  const disk = await smallDisk(6 * megabyte);
  const env = { MVAS_HOME: join(await scratchFolder(), 'home') };
  await cli(['keygen', '--dev', '--namespace', 'com.acme'], { env });
  const there = join(disk, 'there.mvapp');
  await copyFile(path, there);
  const before = await readFile(there);
  for (const args of [
    ['sign', there],
    ['sign', path, '-o', join(disk, 'new.mvapp')],
  ]) {
    expectFull(await cli(args, { env }));
    expect(await readdir(disk)).toEqual(['there.mvapp']);
    expect(before.equals(await readFile(there))).toBe(true);
  }
  expect(await cli(['verify', there], { env })).toMatchObject({ exitCode: 11 });
});

test.skipIf(!canMount)('a disk without a single free byte loses neither a pin nor a package that was signed', async () => {
  const disk = await smallDisk(2 * megabyte);
  const env = { MVAS_HOME: join(disk, 'home') };
  const { path } = await packageOf('1.0.0', 1000);
  await cli(['keygen', '--dev', '--namespace', 'com.acme'], { env });
  const package_ = join(disk, 'a.mvapp');
  expect(await cli(['sign', path, '-o', package_], { env })).toMatchObject({ exitCode: 0 });
  const [pins, signed] = [await readFile(join(disk, 'home/trust.local.json')), await readFile(package_)];
  await writeFile(join(disk, 'litter'), Buffer.alloc(2 * megabyte)).catch(() => undefined);
  const files = await readdir(disk, { recursive: true });
  for (const args of [
    ['trust', 'revoke', 'ab'.repeat(32), '--reason', 'r'.repeat(400)],
    ['keygen', '--dev', '--namespace', 'org.other'],
    ['sign', package_],
    ['install', package_],
  ])
    expectFull(await cli(args, { env }));
  expect(await readFile(join(disk, 'home/trust.local.json'))).toEqual(pins);
  expect(await readFile(package_)).toEqual(signed);
  expect(new Set(await readdir(disk, { recursive: true }))).toEqual(new Set([...files, 'home/plugins']));
  await rm(join(disk, 'litter'));
  expect(await cli(['verify', package_], { env })).toMatchObject({ exitCode: 0 });
});

test.skipIf(!canMount)('a full disk ends installing with exit 3 and leaves in use what was', async () => {
  const [small, large] = [await packageOf('1.0.0', 100_000), await packageOf('1.1.0', 4 * megabyte)];
  const home = join(await smallDisk(3 * megabyte), 'home');
  await mkdir(home);
  const env = { MVAS_HOME: home };
  const plugins = join(home, 'plugins');
  expectFull(await cli(['install', large.path, '--allow-unsigned'], { env }));
  expect((await readdir(plugins, { recursive: true })).filter((name) => name !== 'com.acme.cap')).toEqual([]);
  expect(await cli(['install', small.path, '--allow-unsigned'], { env })).toMatchObject({ exitCode: 0 });
  const before = (await readdir(plugins, { recursive: true })).sort();
  expectFull(await cli(['install', large.path, '--allow-unsigned'], { env }));
  expect((await readdir(plugins, { recursive: true })).sort()).toEqual(before);
  expect(await openInstalled('com.acme.cap', testIo(home, { env }))).toMatchObject({ version: '1.0.0' });
});

test.skipIf(!canMount).each([1, 2])('a disk with room for %i of the files of a key keeps none of them', async (pages) => {
  const disk = await smallDisk(megabyte);
  const litter = join(disk, 'litter');
  await writeFile(litter, Buffer.alloc(megabyte)).catch(() => undefined);
  await truncate(litter, megabyte - pages * 4096);
  const keys = join(disk, 'keys');
  expectFull(await cli(['keygen', '--out', keys]));
  expect(await readdir(keys)).toEqual([]);
  await truncate(litter, 0);
  expect(await cli(['keygen', '--out', keys])).toMatchObject({ exitCode: 0 });
});
