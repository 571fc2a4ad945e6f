// Projects are built for platforms that are not this machine's, and what is missing for that is named before anything is written.
import { existsSync } from 'node:fs';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBinary } from '../../src/binary/read-binary.ts';
import { buildProject } from '../../src/build/build.ts';
import { hostPlatform, type PlatformKey } from '../../src/core/platform.ts';
import { examineMachine } from '../../src/doctor/doctor.ts';
import { openProject } from '../../src/project/project.ts';
import { scaffold } from '../../src/scaffold/scaffold.ts';
import { rustTarget } from '../rust-targets.ts';
import { cli, scratchFolder } from '../scratch.ts';
import { testIo } from '../test-io.ts';
import { findTool, optionalTool } from '../tools.ts';

const isHere = hostPlatform() === 'linux-x64';
const arm = isHere ? optionalTool('aarch64-linux-gnu-g++') : undefined;
const mingw = isHere ? optionalTool('x86_64-w64-mingw32-g++') : undefined;
const small = join(import.meta.dirname, '../fixtures/templates/small');
const good = join(import.meta.dirname, '../plugins/good');
const hasTargets = isHere && rustTarget('linux-arm64') !== undefined && rustTarget('windows-x64') !== undefined;

async function project(template: string, platforms: readonly PlatformKey[]) {
  const cwd = await scratchFolder();
  const answers = { appId: 'com.acme.cap', platforms: platforms.join(',') };
  const { root } = await scaffold({ folder: 'cap', template, answers }, testIo(cwd));
  return await openProject(root);
}

/** What a factory computer must have besides the system itself. */
function needs(path: string): string[] {
  const system = /^(lib(c|m|dl|pthread|rt|stdc\+\+|gcc_s)\.so|ld-linux|kernel32|msvcrt|ntdll|userenv|ws2_32|bcryptprimitives|api-ms-win)/i;
  return readBinary(path).needed.filter((name) => !system.test(name));
}

/** The names of programs as links in a folder of their own, to be used as PATH. */
async function pathWith(names: readonly string[]): Promise<string> {
  const folder = await scratchFolder();
  for (const name of names) {
    const path = findTool(name);
    if (path !== undefined) await symlink(path, join(folder, name));
  }
  return folder;
}

test.skipIf(!arm || !mingw)(
  'one command builds and packs the C++ inspection for Linux on two processors and for Windows',
  async () => {
    const { root, ...opened } = await project('cpp-onnx', ['linux-x64', 'linux-arm64', 'windows-x64']);
    const lists = join(root, 'CMakeLists.txt');
    const text = await readFile(lists, 'utf8');
    await writeFile(lists, text.replace('LANGUAGES CXX)', 'LANGUAGES CXX)\nset(CMAKE_CXX_FLAGS_RELEASE "-O0")')); // optimised code only takes longer to make
    const packed = await cli(['package', root, '--build', '--platform', 'all', '--json', '-o', join(root, 'cap.mvapp')]);
    expect(packed.stderr).not.toContain('BUILD_FAILED');
    expect(packed.exitCode).toBe(0);
    const { platforms, files } = JSON.parse(packed.stdout);
    expect(platforms).toEqual(['linux-x64', 'linux-arm64', 'windows-x64']);
    for (const platform of ['linux-x64', 'linux-arm64', 'windows-x64'] as const) {
      const library = opened.libraryPath(platform);
      expect(readBinary(library).platforms).toEqual([platform]);
      expect(readBinary(library).exports.map(({ name }) => name)).toEqual(expect.arrayContaining(['mvas_init', 'mvas_infer']));
      expect(needs(library)).toEqual([]);
      const [runtime = ''] = opened.manifest.plugin.dependencies[platform] ?? [];
      expect(readBinary(join(root, runtime)).platforms).toEqual([platform]);
      expect(files).toContain(runtime);
    }
  },
  240_000,
);

test.skipIf(!arm || !mingw || !hasTargets)(
  'the Rust inspection is built for linux-arm64 and windows-x64 by cargo’s targets',
  async () => {
    const opened = await project('rust', ['linux-arm64', 'windows-x64']);
    for (const platform of ['linux-arm64', 'windows-x64'] as const) {
      const built = await buildProject(opened, { platform }, testIo(opened.root));
      expect(readBinary(built.path).platforms).toEqual([platform]);
      expect(built.exports).toEqual(expect.arrayContaining(['mvas_init', 'mvas_infer']));
      expect(needs(built.path)).toEqual([]);
    }
  },
  180_000,
);

test.skipIf(!arm || !mingw)('the first commands of the guide on platforms work when pasted', async () => {
  const { root } = await project(small, ['linux-x64', 'linux-arm64', 'windows-x64']);
  const guide = await readFile(join(import.meta.dirname, '../../docs/guide/platforms.md'), 'utf8');
  const [, ...args] = (/```bash\n(.*)\n```/.exec(guide)?.[1] ?? '').split(' ').slice(1);
  const { exitCode, stdout } = await cli(args, { cwd: root });
  expect(stdout).toContain('for linux-x64, linux-arm64, windows-x64');
  expect(exitCode).toBe(0);
});

test.skipIf(!arm || !mingw)('a plugin in plain C is built for linux-arm64 and windows-x64', async () => {
  const opened = await project(small, ['linux-arm64', 'windows-x64']);
  const { root } = opened;
  const lists = join(root, 'CMakeLists.txt');
  await writeFile(lists, (await readFile(lists, 'utf8')).replace('plugin.cpp', 'plugin.c LIBRARIES m'));
  await writeFile(join(root, 'src/brightness_model.h'), await readFile(join(good, 'brightness_model.h')));
  await writeFile(join(root, 'src/plugin.c'), await readFile(join(good, 'plain.c')));
  for (const platform of ['linux-arm64', 'windows-x64'] as const) {
    const built = await buildProject(opened, { platform }, testIo(root));
    expect(readBinary(built.path).platforms).toEqual([platform]);
    expect(built.exports).toContain('mvas_infer');
    expect(needs(built.path)).toEqual([]);
  }
});

test.skipIf(!isHere)('a compiler for another platform that is missing is named with the command that installs it', async () => {
  const opened = await project(small, ['linux-arm64', 'windows-x64']);
  const PATH = await pathWith(['cmake', 'c++', 'cc', 'make']);
  for (const [platform, program] of [
    ['linux-arm64', 'aarch64-linux-gnu-g++'],
    ['windows-x64', 'x86_64-w64-mingw32-g++'],
  ] as const)
    await expect(buildProject(opened, { platform }, testIo(opened.root, { env: { PATH } }))).rejects.toMatchObject({
      code: 'TOOL_MISSING',
      exit: 3,
      message: expect.stringContaining(`${program} is missing: it builds for ${platform}`),
      hint: expect.stringMatching(/^install it with: \S+/),
    });
  expect(existsSync(join(opened.root, 'bin'))).toBe(false);
});

test.skipIf(!isHere)('a toolchain file of one’s own may name any compiler, and its absence is CMake’s to tell', async () => {
  const opened = await project(small, ['linux-arm64']);
  const file = join(opened.root, 'cmake/toolchains/linux-arm64.cmake');
  await writeFile(file, (await readFile(file, 'utf8')).replaceAll('aarch64-linux-gnu-g', 'my-own-g'));
  await expect(buildProject(opened, { platform: 'linux-arm64' }, testIo(opened.root))).rejects.toMatchObject({
    code: 'BUILD_FAILED',
    message: expect.stringContaining('CMAKE_C'),
  });
});

test.skipIf(!isHere || findTool('cargo') === undefined)(
  'cargo is not started without a linker for the platform, or where there can be none',
  async () => {
    const opened = await project('rust', ['linux-arm64', 'macos-arm64']);
    const PATH = await pathWith(['cargo', 'rustc', 'cc']);
    const io = testIo(opened.root, { env: { ...process.env, PATH } });
    await expect(buildProject(opened, { platform: 'linux-arm64' }, io)).rejects.toMatchObject({
      code: 'TOOL_MISSING',
      message: expect.stringContaining('aarch64-linux-gnu-gcc is missing'),
    });
    await expect(buildProject(opened, { platform: 'macos-arm64' }, io)).rejects.toMatchObject({
      code: 'PLATFORM_UNSUPPORTED',
      exit: 3,
      hint: expect.stringContaining('build on macos-arm64'),
    });
    expect(existsSync(join(opened.root, 'bin'))).toBe(false);
  },
);

test.skipIf(!isHere)('the doctor says for each foreign platform what is there and what installs the rest', async () => {
  const home = await scratchFolder();
  const env = { ...process.env, PATH: await pathWith(['node', 'npm']), MVAS_HOME: home };
  const { tools, ok } = await examineMachine(testIo(home, { env }));
  const fixes = Object.fromEntries(tools.map(({ id, fix }) => [id, fix]));
  expect(fixes['compiler-linux-arm64']).toMatch(/aarch64-linux-gnu/);
  expect(fixes['compiler-windows-x64']).toMatch(/mingw/i);
  expect(fixes['rust-linux-arm64']).toMatch(/rustup target add aarch64-unknown-linux-gnu$/);
  expect(fixes['rust-windows-x64']).toMatch(/rustup target add x86_64-pc-windows-gnu$/);
  expect(fixes['emulator-linux-arm64']).toMatch(/qemu-user-static/);
  expect(ok).toBe(false); // CMake is missing as well; what only foreign platforms need is not required
  expect(tools.filter(({ id, required }) => /-(linux|windows)-/.test(id) && required)).toEqual([]);
});
