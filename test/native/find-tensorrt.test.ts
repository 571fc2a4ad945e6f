// CMake finds TensorRT as archives, Debian packages and Windows' ZIP files lay it out, told by trees of empty files.
import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { sdkInclude } from '../compile-plugin.ts';
import { scratchFolder } from '../scratch.ts';
import { optionalTool } from '../tools.ts';

const run = promisify(execFile);
const cmake = optionalTool('cmake');
const modules = join(sdkInclude, '../cmake');
const project = join(import.meta.dirname, '../fixtures/find-tensorrt');

/** The lines of NvInferVersion.h: plain numbers until 10.7, names of numbers since. */
function versionHeader(version: string): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNamed = major > 10 || (major === 10 && minor >= 8);
  const parts = ['MAJOR', 'MINOR', 'PATCH'].map((part, index) => [part, version.split('.')[index]] as const);
  const plain = parts.map(([part, value]) => `#define NV_TENSORRT_${part} ${value} //!< TensorRT version.`);
  const named = parts.flatMap(([part, value]) => [
    `#define TRT_${part}_ENTERPRISE ${value}`,
    `#define NV_TENSORRT_${part} TRT_${part}_ENTERPRISE`,
  ]);
  const rtx = '#define TRT_MAJOR_RTX 1';
  return ['#define NV_TENSORRT_SONAME_MAJOR 77', ...(isNamed ? [rtx, ...named] : plain), ''].join('\n');
}

/** A tree of an installed TensorRT; `links` are names and what they point to, in the same folder. */
interface Tree {
  readonly version: string;
  readonly include: string;
  readonly libraries: readonly string[];
  readonly links?: Readonly<Record<string, string>>;
}

async function plant({ version, include, libraries, links = {} }: Tree): Promise<string> {
  const root = await scratchFolder();
  const files = { [`${include}/NvInferVersion.h`]: versionHeader(version), ...Object.fromEntries(libraries.map((path) => [path, ''])) };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  for (const [path, target] of Object.entries(links)) await symlink(target, join(root, path));
  return root;
}

type System = 'linux' | 'windows';

/** What CMake found, with paths below `root`; throws with its text. */
async function find(root: string, request: string, system: System, env: Readonly<Record<string, string>> = {}) {
  const folder = await scratchFolder();
  const definitions = {
    REQUEST: request.replaceAll(' ', ';'),
    SYSTEM: system,
    MODULES: modules,
    ...(root === '' ? {} : { TENSORRT_ROOT: root }),
  };
  const args = Object.entries(definitions).map(([name, value]) => `-D${name}=${value}`);
  const { stdout } = await run('cmake', ['-S', project, '-B', folder, ...args], { env: { ...process.env, TENSORRT_ROOT: '', ...env } });
  return [...stdout.matchAll(/^-- ((?:target|version) .*)$/gm)].map(([, line]) => line?.replaceAll(root, ''));
}

const both = 'COMPONENTS nvinfer nvonnxparser';
const trees: readonly (readonly [name: string, tree: Tree, system: System, nvinfer: string, nvonnxparser: string])[] = [
  [
    'the archive of 8.5, with the libraries behind a link',
    {
      version: '8.5.3',
      include: 'include',
      libraries: ['targets/x86_64-linux-gnu/lib/libnvinfer.so.8.5.3', 'targets/x86_64-linux-gnu/lib/libnvonnxparser.so.8.5.3'],
      links: {
        'targets/x86_64-linux-gnu/lib/libnvinfer.so': 'libnvinfer.so.8.5.3',
        'targets/x86_64-linux-gnu/lib/libnvonnxparser.so': 'libnvonnxparser.so.8.5.3',
        lib: 'targets/x86_64-linux-gnu/lib',
      },
    },
    'linux',
    '/lib/libnvinfer.so',
    '/lib/libnvonnxparser.so',
  ],
  [
    'Debian packages of 10.3, without those for development of the libraries',
    {
      version: '10.3.0',
      include: 'include/x86_64-linux-gnu',
      libraries: ['lib/x86_64-linux-gnu/libnvinfer.so.10', 'lib/x86_64-linux-gnu/libnvonnxparser.so.10'],
    },
    'linux',
    '/lib/x86_64-linux-gnu/libnvinfer.so.10',
    '/lib/x86_64-linux-gnu/libnvonnxparser.so.10',
  ],
  [
    'the archive of 11.1, whose version is the name of a number',
    { version: '11.1.0', include: 'include', libraries: ['lib/libnvinfer.so', 'lib/libnvonnxparser.so'] },
    'linux',
    '/lib/libnvinfer.so',
    '/lib/libnvonnxparser.so',
  ],
  [
    'the ZIP file of 8.6 for Windows',
    { version: '8.6.1', include: 'include', libraries: ['lib/nvinfer.lib', 'lib/nvonnxparser.lib'] },
    'windows',
    '/lib/nvinfer.lib',
    '/lib/nvonnxparser.lib',
  ],
  [
    'the ZIP file of 10.9 for Windows, with the version in the names',
    { version: '10.9.0', include: 'include', libraries: ['lib/nvinfer_10.lib', 'lib/nvonnxparser_10.lib', 'lib/nvinfer.lib'] },
    'windows',
    '/lib/nvinfer_10.lib',
    '/lib/nvonnxparser_10.lib',
  ],
];

describe.skipIf(cmake === undefined || process.platform === 'win32')('CMake', () => {
  test.each(trees)('finds %s', async (_, tree, system, nvinfer, nvonnxparser) => {
    const root = await plant(tree);
    expect(await find(root, `8.5 ${both}`, system)).toEqual([
      `target nvinfer ${nvinfer}`,
      `target nvonnxparser ${nvonnxparser}`,
      `version ${tree.version} include /${tree.include}`,
    ]);
  });

  test('needs headers alone where no library is asked for, and takes the root from the environment too', async () => {
    const root = await plant({ version: '10.3.0', include: 'include', libraries: [] });
    const found = await find('', '8.5', 'linux', { TENSORRT_ROOT: root });
    expect(found).toEqual([`version 10.3.0 include ${root}/include`]);
    await expect(find(root, `8.5 ${both}`, 'linux')).rejects.toThrow(/missing:\s+nvinfer\s+nvonnxparser/);
  });

  test('is told about a version that is too old, a library of another version, and where to look', async () => {
    const old = await plant({ version: '8.4.3', include: 'include', libraries: [] });
    await expect(find(old, '8.5', 'linux')).rejects.toThrow(/unsuitable version "8\.4\.3"/);
    const mixed = await plant({
      version: '10.3.0',
      include: 'include',
      libraries: ['lib/libnvinfer.so.8.6.1'],
      links: { 'lib/libnvinfer.so': 'libnvinfer.so.8.6.1' },
    });
    await expect(find(mixed, '8.5 COMPONENTS nvinfer', 'linux')).rejects.toThrow(/libnvinfer\.so\.8\.6\.1\s+is\s+of\s+another\s+version/);
    await expect(find(await scratchFolder(), '8.5', 'linux')).rejects.toThrow(/name\s+its\s+folder:\s+-DTENSORRT_ROOT/);
  });
});
