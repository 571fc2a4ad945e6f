import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { buildProject } from '../../src/build/build.ts';
import { sha256File } from '../../src/core/digest.ts';
import { hostPlatform, platforms } from '../../src/core/platform.ts';
import { openProject } from '../../src/project/project.ts';
import { scaffold } from '../../src/scaffold/scaffold.ts';
import { schemaErrors } from '../report-schemas.ts';
import { cli, cliPath, scratchFolder } from '../scratch.ts';
import { testIo } from '../test-io.ts';
import { optionalTool } from '../tools.ts';

const template = join(import.meta.dirname, '../fixtures/templates/small');
const windows = process.platform === 'win32';
const mingw = optionalTool('x86_64-w64-mingw32-g++');
const host = hostPlatform();

async function project(platform: string = host) {
  const cwd = await scratchFolder();
  const answers = { appId: 'com.acme.cap', platforms: platform };
  const { root } = await scaffold({ folder: 'cap', template, answers }, testIo(cwd));
  return { root, io: testIo(root), opened: await openProject(root) };
}

/** A folder to use as PATH: the named programs, as links, and a script for each text. */
async function pathWith(programs: Readonly<Record<string, string | undefined>>): Promise<string> {
  const folder = await scratchFolder();
  for (const [name, text] of Object.entries(programs)) {
    if (text === undefined) await symlink(optionalTool(name) ?? name, join(folder, name));
    else await writeFile(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }
  return folder;
}

test('a project is built to where its manifest wants the library, and an unchanged one is left as it is', async () => {
  const { root, io, opened } = await project();
  const built = await buildProject(opened, {}, io);
  expect(built).toMatchObject({ path: join(root, 'bin', platforms[host].folder, platforms[host].library), platform: host });
  expect(built.exports).toEqual(expect.arrayContaining(['mvas_get_info', 'mvas_infer', 'mvas_init']));
  expect(await schemaErrors('built-plugin', built)).toEqual([]);
  const before = await stat(built.path);
  expect(built.sizeBytes).toBe(before.size);
  expect(await buildProject(opened, {}, io)).toEqual(built);
  expect((await stat(built.path)).mtimeMs).toBe(before.mtimeMs);
  expect((await readdir(root)).sort()).toContain('build');
});

test('broken C++ is reported by its first error with the source line, and the library of before stays', async () => {
  const { root, io, opened } = await project();
  const built = await buildProject(opened, {}, io);
  const digest = await sha256File(built.path);
  const source = join(root, 'src/plugin.cpp');
  const good = await readFile(source, 'utf8');
  await writeFile(source, good.replace('return &info;', 'return nonsense; int another = ;'));
  const line = good.split('\n').findIndex((text) => text.includes('return &info;')) + 1;
  await expect(buildProject(opened, {}, io)).rejects.toMatchObject({
    code: 'BUILD_FAILED',
    exit: 1,
    message: expect.stringMatching(new RegExp(`^src/plugin\\.cpp:${line}:\\d+: .*nonsense[\\s\\S]*\\n  ${line} \\| .*return nonsense;`)),
    hint: expect.stringContaining('build.log'),
  });
  expect(await sha256File(built.path)).toBe(digest);
  await writeFile(source, good);
  expect((await buildProject(opened, {}, io)).exports).toEqual(built.exports);
});

test('an error of CMake is reported with its place', async () => {
  const { root, io, opened } = await project();
  await writeFile(
    join(root, 'CMakeLists.txt'),
    'cmake_minimum_required(VERSION 3.18)\nproject(cap CXX)\nfind_package(Nonsense REQUIRED)\n',
  );
  await expect(buildProject(opened, {}, io)).rejects.toMatchObject({
    code: 'BUILD_FAILED',
    message: expect.stringMatching(/^CMakeLists\.txt:3: .*Nonsense.*\n {2}3 \| find_package/s),
  });
});

test('a build that installs another library than the manifest names is refused', async () => {
  const { root, io, opened } = await project();
  const cmake = join(root, 'CMakeLists.txt');
  await writeFile(cmake, (await readFile(cmake, 'utf8')).replace('plugin SOURCES', 'plugin OUTPUT_NAME other SOURCES'));
  await expect(buildProject(opened, {}, io)).rejects.toMatchObject({
    code: 'BUILD_FAILED',
    message: expect.stringMatching(/installs no .*it installs .*other/),
  });
  expect(existsSync(join(root, 'bin'))).toBe(false);
});

test('a preset builds beside the released library and does not touch it', async () => {
  const { root, io, opened } = await project();
  const built = await buildProject(opened, { preset: 'debug' }, io);
  expect(built.path).toBe(join(root, 'build', `${host}-debug`, 'stage', 'bin', platforms[host].folder, platforms[host].library));
  expect(existsSync(join(root, 'bin'))).toBe(false);
  expect(await readFile(join(root, 'build', `${host}-debug`, 'CMakeCache.txt'), 'utf8')).toMatch(/CMAKE_BUILD_TYPE:\w+=Debug/);
  await expect(buildProject(opened, { preset: 'debgu' }, io)).rejects.toMatchObject({
    code: 'FLAG_INVALID',
    hint: expect.stringContaining('debug'),
  });
});

test.each(['nothing', '../../..'])('an unknown preset is refused before anything is written or taken away: %s', async (preset) => {
  const { root, io, opened } = await project();
  const before = await readdir(root, { recursive: true });
  await expect(buildProject(opened, { preset, clean: true }, io)).rejects.toMatchObject({ code: 'FLAG_INVALID' });
  expect(await readdir(root, { recursive: true })).toEqual(before);
});

test('a build folder that cannot be made is a fault of the machine, not of the kit', async () => {
  const { root, io, opened } = await project();
  await writeFile(join(root, 'build'), '');
  await expect(buildProject(opened, {}, io)).rejects.toMatchObject({
    code: 'WRITE_FAILED',
    message: expect.stringMatching(/stage cannot be written: /),
  });
});

test('--verbose shows what the tools print, otherwise nothing of it is shown', async () => {
  const { root, opened } = await project();
  const [quiet, loud] = [testIo(root), testIo(root)];
  await buildProject(opened, {}, quiet);
  await buildProject(opened, { verbose: true, clean: true }, loud);
  expect(quiet.said.join('\n')).not.toMatch(/plugin\.cpp/);
  expect(loud.said.join('\n')).toMatch(/plugin\.cpp/);
});

test('ONNX Runtime is put where the manifest names it, once', async () => {
  const { root, io } = await project();
  const name = windows ? 'onnxruntime.dll' : host.startsWith('macos') ? 'libonnxruntime.1.dylib' : 'libonnxruntime.so.1';
  const path = `deps/${platforms[host].folder}/${name}`;
  const manifest = JSON.parse(await readFile(join(root, 'manifest.json'), 'utf8'));
  manifest.plugin.dependencies = { [host]: [path, `deps/${platforms[host].folder}/my-own.bin`] };
  await writeFile(join(root, 'manifest.json'), JSON.stringify(manifest));
  const opened = await openProject(root);
  await buildProject(opened, {}, io);
  const { os, cpu } = platforms[host];
  const source = join(import.meta.dirname, '../../node_modules/onnxruntime-node/bin/napi-v6', os, cpu, name);
  expect(await sha256File(join(root, path))).toBe(await sha256File(source));
  const before = await stat(join(root, path));
  await buildProject(opened, {}, io);
  expect((await stat(join(root, path))).mtimeMs).toBe(before.mtimeMs);
  await writeFile(join(root, path), 'damaged');
  await buildProject(opened, {}, io);
  expect((await stat(join(root, path))).size).toBe(before.size);
});

test('an ONNX Runtime that is nowhere is named with the way to get it', async () => {
  const { root } = await project();
  const manifest = JSON.parse(await readFile(join(root, 'manifest.json'), 'utf8'));
  manifest.plugin.dependencies = { [host]: ['deps/here/libonnxruntime.so.1'] };
  await writeFile(join(root, 'manifest.json'), JSON.stringify(manifest));
  const empty = testIo(root, { env: { ...process.env, ONNXRUNTIME_ROOT: await scratchFolder() } });
  await expect(buildProject(await openProject(root), {}, empty)).rejects.toMatchObject({
    code: 'TOOL_MISSING',
    exit: 3,
    hint: expect.stringContaining('ONNXRUNTIME_ROOT'),
  });
  expect(existsSync(join(root, 'bin'))).toBe(false);
});

test.skipIf(windows)('without a C++ compiler the build says what to type', async () => {
  const { root, opened } = await project();
  const env = { PATH: await pathWith({ cmake: undefined, make: undefined }) };
  await expect(buildProject(opened, {}, testIo(root, { env }))).rejects.toMatchObject({
    code: 'TOOL_MISSING',
    exit: 3,
    message: expect.stringContaining('C++ compiler'),
    hint: expect.stringMatching(/^install it with: \S+/),
  });
  expect(existsSync(join(root, 'bin'))).toBe(false);
});

test.skipIf(windows)('without CMake, or with one that is too old, the build says so and what to type', async () => {
  const { root, opened } = await project();
  const none = { PATH: await pathWith({ 'c++': undefined }) };
  await expect(buildProject(opened, {}, testIo(root, { env: none }))).rejects.toMatchObject({
    code: 'TOOL_MISSING',
    message: expect.stringMatching(/CMake 3\.18 or newer/),
  });
  const old = { PATH: await pathWith({ 'c++': undefined, cmake: 'echo cmake version 3.10.2' }) };
  await expect(buildProject(opened, {}, testIo(root, { env: old }))).rejects.toMatchObject({
    code: 'TOOL_MISSING',
    exit: 3,
    message: expect.stringMatching(/CMake 3\.10\.2 \(.*\): older than 3\.18/),
    hint: expect.stringContaining('install it with'),
  });
  const silent = { PATH: await pathWith({ 'c++': undefined, cmake: 'exit 1' }) };
  await expect(buildProject(opened, {}, testIo(root, { env: silent }))).rejects.toMatchObject({
    message: expect.stringMatching(/^CMake \(.*\): does not tell its version/),
  });
});

test.skipIf(windows)('Ctrl-C ends the compilers and installs nothing', async () => {
  const { root } = await project();
  const compiler = join(root, 'slow.sh');
  await writeFile(compiler, `#!/bin/sh\necho $$ > ${join(root, 'pid')}\nsleep 600 & wait\n`);
  await chmod(compiler, 0o755);
  const cmake = await readFile(join(root, 'CMakeLists.txt'), 'utf8');
  await writeFile(join(root, 'CMakeLists.txt'), `${cmake}add_custom_target(slow COMMAND ${compiler})\nadd_dependencies(plugin slow)\n`);
  const child = spawn(process.execPath, [cliPath, 'build', root], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  while (!existsSync(join(root, 'pid'))) await sleep(50);
  await sleep(50);
  child.kill('SIGINT');
  expect((await ended)[0]).toBe(130);
  const pid = Number(await readFile(join(root, 'pid'), 'utf8'));
  expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
  expect(existsSync(join(root, 'bin'))).toBe(false);
});

test('another platform needs a toolchain file', async () => {
  const { root, io, opened } = await project('macos-arm64,macos-x64');
  const foreign = host === 'macos-arm64' ? 'macos-x64' : 'macos-arm64';
  if (process.platform === 'darwin') return;
  await expect(buildProject(opened, { platform: foreign }, io)).rejects.toMatchObject({
    code: 'PLATFORM_UNSUPPORTED',
    exit: 3,
    hint: expect.stringContaining('toolchain'),
  });
  expect(existsSync(join(root, 'bin'))).toBe(false);
});

test.skipIf(!mingw)('a Linux machine builds for Windows by mingw', async () => {
  const { root, io, opened } = await project('windows-x64');
  const built = await buildProject(opened, { platform: 'windows-x64' }, io);
  expect(built).toMatchObject({ path: join(root, 'bin/windows/plugin.dll'), platform: 'windows-x64' });
  expect(built.exports).toContain('mvas_infer');
});

test.skipIf(!mingw || host !== 'linux-x64')('--platform all builds for every platform that the manifest names', async () => {
  const { root } = await project('linux-x64,windows-x64');
  const { exitCode, stdout } = await cli(['build', root, '--platform', 'all', '--json']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout).map(({ path }: { path: string }) => path)).toEqual([
    join(root, 'bin/linux/plugin.so'),
    join(root, 'bin/windows/plugin.dll'),
  ]);
});

test('a project that the manifest does not name for this machine is refused', async () => {
  const { io, opened } = await project(host === 'linux-x64' ? 'windows-x64' : 'linux-x64');
  await expect(buildProject(opened, {}, io)).rejects.toMatchObject({
    code: 'PLATFORM_UNSUPPORTED',
    message: expect.stringContaining(host),
  });
});

test('a folder without a build file is refused', async () => {
  const root = await scratchFolder();
  await mkdir(join(root, 'src'));
  await writeFile(
    join(root, 'manifest.json'),
    JSON.stringify({
      manifest_version: '2.0.0',
      app: { id: 'a.b', name: 'A', version: '1.0.0' },
      plugin: { binaries: { [host]: 'bin/x/plugin.so' } },
    }),
  );
  await expect(buildProject(await openProject(root), {}, testIo(root))).rejects.toMatchObject({
    code: 'FILE_NOT_FOUND',
    message: expect.stringContaining('CMakeLists.txt'),
  });
});
