// mvas_add_plugin builds a plugin that can be shipped, however the SDK comes into the project.
import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { hostPlatform, platforms } from '../../src/core/platform.ts';
import { sdkInclude } from '../compile-plugin.ts';
import { scratchFolder } from '../scratch.ts';
import { optionalTool } from '../tools.ts';

const run = promisify(execFile);
const sdk = join(sdkInclude, '..');
const cmake = optionalTool('cmake');
const host = platforms[hostPlatform()];

test('the CMake table of platforms is the kit’s own', async () => {
  const text = await readFile(join(sdk, 'cmake/MvasPlatform.cmake'), 'utf8');
  const systems = { Windows: 'win32', Linux: 'linux', Darwin: 'darwin' } as const;
  const rows = [...text.matchAll(/"(Windows|Linux|Darwin)\|(x64|arm64)\|([\w-]+)\|([\w-]+)"/g)];
  const table = rows.map(([, system, cpu, key, folder]) => [key, systems[system as keyof typeof systems], cpu, folder]);
  expect(table).toEqual(Object.entries(platforms).map(([key, { os, cpu, folder }]) => [key, os, cpu, folder]));
});

describe.skipIf(cmake === undefined || platform() === 'win32')('a project', () => {
  test('takes the SDK by find_package', async () => {
    await expectShippable(`find_package(MvasPlugin 2.0 REQUIRED PATHS "${sdk}/cmake" NO_DEFAULT_PATH)`);
  });

  test('takes the SDK by add_subdirectory', async () => {
    await expectShippable(`add_subdirectory("${sdk}" mvas)`, plainC);
  });

  test('takes a copy of the SDK’s two folders', async () => {
    const project = await newProject('find_package(MvasPlugin REQUIRED PATHS cmake NO_DEFAULT_PATH)');
    await cp(join(sdk, 'include'), join(project, 'include'), { recursive: true });
    await cp(join(sdk, 'cmake'), join(project, 'cmake'), { recursive: true });
    await configure(project);
  });

  test.each([
    [
      'a newer contract than there is',
      `find_package(MvasPlugin 2.9 REQUIRED PATHS "${sdk}/cmake" NO_DEFAULT_PATH)`,
      '',
      /compatible with requested version "2.9"/,
    ],
    [
      'no sources',
      `find_package(MvasPlugin REQUIRED PATHS "${sdk}/cmake" NO_DEFAULT_PATH)`,
      'mvas_add_plugin(other)',
      /mvas_add_plugin\(other\): SOURCES names no file/,
    ],
    [
      'a misspelt argument',
      `find_package(MvasPlugin REQUIRED PATHS "${sdk}/cmake" NO_DEFAULT_PATH)`,
      'mvas_add_plugin(other SOURCE plugin.cpp)',
      /unknown arguments: SOURCE/,
    ],
    [
      'an unknown processor',
      `set(CMAKE_SYSTEM_PROCESSOR riscv64)\nfind_package(MvasPlugin REQUIRED PATHS "${sdk}/cmake" NO_DEFAULT_PATH)`,
      '',
      /no platform key for \w+ on 'riscv64'/,
    ],
  ])('is told about %s', async (_, sdkLine, lastLine, message) => {
    await expect(configure(await newProject(sdkLine, lastLine))).rejects.toThrow(message);
  });
});

test.skipIf(cmake === undefined || platform() === 'win32')(
  'the first block of the guide for authors builds a plugin when it is pasted',
  async () => {
    const folder = await scratchFolder();
    const [, block] = /```bash\n([\s\S]*?)```/.exec(await readFile(join(sdk, '../docs/guide/write-a-plugin.md'), 'utf8')) ?? [];
    await run('bash', ['-euc', block ?? 'exit 9'], { cwd: folder, env: { ...process.env, MVAS_SDK: sdk } });
    const plugin = await readFile(join(folder, 'brightness/bin', host.folder, host.library));
    expect(plugin.includes('mvas_infer')).toBe(true);
  },
);

const mingw = optionalTool('x86_64-w64-mingw32-g++');

test.skipIf(cmake === undefined || mingw === undefined)(
  'a plugin for Windows shows the contract alone and needs no compiler’s library',
  async () => {
    const project = await newProject(`find_package(MvasPlugin REQUIRED PATHS "${sdk}/cmake" NO_DEFAULT_PATH)`);
    await build(project, [`-DCMAKE_TOOLCHAIN_FILE=${sdk}/cmake/toolchains/windows-x64.cmake`]);
    const { stdout } = await run('x86_64-w64-mingw32-objdump', ['-p', join(project, 'bin/windows/plugin.dll')]);
    const exported = [...stdout.matchAll(/^\t\[ *\d+\] (?:\+base\[ *\d+\] +[0-9a-f]+ )?([A-Za-z_]\w*)$/gm)].map(([, name]) => name);
    expect(exported).toContain('mvas_infer');
    expect(exported.filter((name) => name?.startsWith('mvas_') !== true)).toEqual([]);
    const needed = [...stdout.matchAll(/DLL Name: (.*)/g)].map(([, name]) => name?.toLowerCase());
    expect(needed.filter((name) => /libstdc|libgcc|pthread/.test(name ?? ''))).toEqual([]);
  },
);

/** Files of a test plugin and the arguments of mvas_add_plugin that it takes. */
interface Sources {
  readonly files: readonly string[];
  readonly call: string;
}

const onnx: Sources = { files: ['onnx/mean.cpp'], call: 'SOURCES mean.cpp' };
const plainC: Sources = { files: ['good/plain.c', 'good/brightness_model.h'], call: 'SOURCES plain.c LIBRARIES m' };

async function newProject(sdkLine: string, lastLine = '', { files, call }: Sources = onnx): Promise<string> {
  const project = await scratchFolder();
  const lines = [
    'cmake_minimum_required(VERSION 3.18)',
    'project(probe LANGUAGES C CXX)',
    sdkLine,
    `mvas_add_plugin(probe ${call})`,
    lastLine,
  ];
  await writeFile(join(project, 'CMakeLists.txt'), lines.join('\n'));
  for (const file of files) await cp(join(import.meta.dirname, '../plugins', file), join(project, basename(file)));
  return project;
}

async function configure(project: string, options: readonly string[] = []): Promise<void> {
  await run('cmake', [
    '-S',
    project,
    '-B',
    join(project, 'build'),
    '-DCMAKE_BUILD_TYPE=Release',
    `-DCMAKE_INSTALL_PREFIX=${project}`,
    ...options,
  ]);
}

async function build(project: string, options: readonly string[] = []): Promise<void> {
  await configure(project, options);
  await run('cmake', ['--build', join(project, 'build')]);
  await run('cmake', ['--install', join(project, 'build')]);
}

/** Builds and installs, then looks at what came out by the system's own tools. */
async function expectShippable(sdkLine: string, sources: Sources = onnx): Promise<void> {
  const project = await newProject(sdkLine, '', sources);
  await build(project);
  const library = join(project, 'bin', host.folder, host.library);
  expect((await readFile(library)).includes(project)).toBe(false);
  if (platform() !== 'linux') return;
  const symbols = (await run('nm', ['-D', '--defined-only', library])).stdout.trim().split('\n');
  expect(symbols.filter((line) => !/ T mvas_\w+$/.test(line))).toEqual([]);
  expect(symbols).toHaveLength(11);
  const dynamic = (await run('readelf', ['-dW', library])).stdout;
  expect(dynamic).toContain(`Library runpath: [$ORIGIN:$ORIGIN/../../deps/${host.folder}]`);
  expect(dynamic).not.toContain('SONAME');
  expect(dynamic).toMatch(/FLAGS.*NOW/);
  const relocations = (await run('readelf', ['-rW', library])).stdout;
  expect(relocations).not.toMatch(/JUMP_SLOT.*mvas_/);
}
