import { copyFile, cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../../test/scratch.ts';
import { sha256File } from '../core/digest.ts';
import { type PlatformKey, platforms } from '../core/platform.ts';
import { openProject } from '../project/project.ts';
import { collectPlatforms } from './collect.ts';
import { stagePlatform } from './stage-platform.ts';

const three = ['linux-x64', 'linux-arm64', 'windows-x64'] as const satisfies readonly PlatformKey[];
const posix = process.platform !== 'win32';

/** A real library of a platform, which the kit's ONNX Runtime brings. */
function libraryFor(platform: PlatformKey): string {
  const { os, cpu } = platforms[platform];
  return join(import.meta.dirname, '../../node_modules/onnxruntime-node/bin/napi-v6', os, cpu, 'onnxruntime_binding.node');
}

const libraryOf = (platform: PlatformKey) => `bin/${platforms[platform].folder}/${platforms[platform].library}`;

async function put(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

/** A project without libraries, and the folders that three machines staged. */
async function scene() {
  const root = await scratchFolder();
  const downloads = await scratchFolder();
  const binaries = Object.fromEntries(three.map((platform) => [platform, libraryOf(platform)]));
  const dependencies = { 'linux-x64': ['deps/linux/rules.bin'] };
  const manifest = {
    manifest_version: '2.0.0',
    app: { id: 'com.acme.cap', name: 'Cap', version: '1.0.0' },
    plugin: { binaries, dependencies },
  };
  await put(join(root, 'manifest.json'), JSON.stringify(manifest));
  const project = await openProject(root);
  for (const platform of three) {
    await mkdir(dirname(join(root, libraryOf(platform))), { recursive: true });
    await copyFile(libraryFor(platform), join(root, libraryOf(platform)));
    await put(join(root, `reports/conformance.${platform}.json`), `{"of":"${platform}"}`);
  }
  await put(join(root, 'deps/linux/rules.bin'), 'rules');
  for (const platform of three) await stagePlatform(project, platform, join(downloads, `bin-${platform}`));
  for (const folder of ['bin', 'deps', 'reports']) await rm(join(root, folder), { recursive: true });
  return { root, downloads, project };
}

/** Every file below a folder. */
async function files(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

type Scene = Awaited<ReturnType<typeof scene>>;

/** Collects after a change and expects a refusal that says `message` and leaves the project as it was. */
async function refused({ root, downloads, project }: Scene, message: RegExp, folders: readonly string[] = [downloads]): Promise<void> {
  const before = await files(root);
  await expect(collectPlatforms(project, { folders })).rejects.toMatchObject({
    code: 'COLLECT_REFUSED',
    exit: 1,
    message: expect.stringMatching(message),
    hint: expect.stringContaining('nothing was changed'),
  });
  expect(await files(root)).toEqual(before);
}

test('what three machines staged is put to its places in the project, reports too', async () => {
  const { root, downloads, project } = await scene();
  expect(await files(join(downloads, 'bin-linux-x64'))).toEqual([
    'bin/linux/plugin.so',
    'deps/linux/rules.bin',
    'reports/conformance.linux-x64.json',
  ]);
  const { platforms: collected } = await collectPlatforms(project, { folders: [downloads] });
  expect(collected.map(({ platform, files: own }) => [platform, own.length])).toEqual([
    ['linux-x64', 3],
    ['linux-arm64', 2],
    ['windows-x64', 2],
  ]);
  for (const platform of three) expect(await sha256File(join(root, libraryOf(platform)))).toBe(await sha256File(libraryFor(platform)));
  expect((await files(root)).filter((path) => path.startsWith('.'))).toEqual([]);
  await collectPlatforms(project, { folders: three.map((platform) => join(downloads, `bin-${platform}`)) });
  expect(await files(root)).toHaveLength(8);
});

test('a platform that is missing is refused', async () => {
  const here = await scene();
  await rm(join(here.downloads, 'bin-linux-arm64'), { recursive: true });
  await refused(here, /^linux-arm64 is missing: there is no bin-linux-arm64$/);
});

test('an unexpected platform, a name that is none, and a stray file are refused', async () => {
  const here = await scene();
  await cp(join(here.downloads, 'bin-linux-x64'), join(here.downloads, 'bin-macos-arm64'), { recursive: true });
  await mkdir(join(here.downloads, 'bin-amiga'));
  await writeFile(join(here.downloads, 'notes.txt'), '');
  await refused(
    here,
    /bin-amiga is unexpected: amiga is no platform; .*bin-macos-arm64 is unexpected: the project is not built for macos-arm64; .*notes\.txt is unexpected/,
  );
});

test('a platform that is there twice is refused', async () => {
  const here = await scene();
  const other = join(await scratchFolder(), 'bin-windows-x64');
  await cp(join(here.downloads, 'bin-windows-x64'), other, { recursive: true });
  await refused(here, /^windows-x64 is there twice: .* and /, [here.downloads, other]);
});

test('a folder with a library of another platform, without a file, or with one too many is refused', async () => {
  const here = await scene();
  await copyFile(libraryFor('linux-x64'), join(here.downloads, 'bin-linux-arm64/bin/linux-arm64/plugin.so'));
  await rm(join(here.downloads, 'bin-linux-x64/deps'), { recursive: true });
  await put(join(here.downloads, 'bin-windows-x64/bin/linux/plugin.so'), 'smuggled');
  await refused(
    here,
    /bin-linux-x64 has no deps\/linux\/rules\.bin; .*plugin\.so is no library for linux-arm64: it is elf for linux-x64; .*unexpected: no file of windows-x64/i,
  );
});

test.skipIf(!posix)('a link in a folder is refused, and nothing is written through a link of the project', async () => {
  const here = await scene();
  const report = join(here.downloads, 'bin-linux-x64/reports/conformance.linux-x64.json');
  await rm(report);
  await symlink('/etc/passwd', report);
  await refused(here, /conformance\.linux-x64\.json is no ordinary file/);
  await rm(report);
  const outside = await scratchFolder();
  await symlink(outside, join(here.root, 'bin'));
  await expect(collectPlatforms(here.project, { folders: [here.downloads] })).rejects.toMatchObject({
    code: 'WRITE_FAILED',
    message: expect.stringContaining('is a link'),
  });
  expect(await readdir(outside)).toEqual([]);
});

test('when one file cannot be placed, those that were there before are back', async () => {
  const { root, downloads, project } = await scene();
  await put(join(root, 'bin/linux/plugin.so'), 'the library of before');
  await put(join(root, 'bin/windows'), 'a file where a folder must be');
  const before = await files(root);
  await expect(collectPlatforms(project, { folders: [downloads] })).rejects.toMatchObject({ code: 'WRITE_FAILED', exit: 3 });
  expect(await files(root)).toEqual(before);
  expect(await readFile(join(root, 'bin/linux/plugin.so'), 'utf8')).toBe('the library of before');
});

test('a folder that cannot be read, and a platform that nobody built, are named', async () => {
  const { root, downloads, project } = await scene();
  await expect(collectPlatforms(project, { folders: [join(downloads, 'nowhere')] })).rejects.toMatchObject({
    code: 'FILE_NOT_FOUND',
    exit: 2,
  });
  const folder = join(root, 'bin-linux-x64');
  await expect(stagePlatform(project, 'linux-x64', folder)).rejects.toMatchObject({
    code: 'FILE_NOT_FOUND',
    message: expect.stringContaining('bin/linux/plugin.so, deps/linux/rules.bin'),
    hint: 'build it first: mvas build --platform linux-x64',
  });
  await collectPlatforms(project, { folders: [downloads] });
  await mkdir(folder);
  await expect(stagePlatform(project, 'linux-x64', folder)).rejects.toMatchObject({ code: 'FILE_EXISTS' });
  expect(await readdir(folder)).toEqual([]);
});
