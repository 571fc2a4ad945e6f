// What readBinary says, against what the platform's own tools say.
import { execFileSync } from 'node:child_process';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBinary } from '../../src/binary/read-binary.ts';
import { hostPlatform } from '../../src/core/platform.ts';
import { compilePlugin } from '../compile-plugin.ts';
import { appleLinker } from '../mac-library.ts';
import { scratchFolder } from '../scratch.ts';
import { optionalTool } from '../tools.ts';

const good = 'test/plugins/good/plain.c';
const all = [
  'abi_version',
  'cleanup',
  'free_result',
  'get_config',
  'get_error',
  'get_info',
  'infer',
  'infer_batch',
  'init',
  'set_config',
  'warmup',
];
const allExports = all.map((name) => ({ name: `mvas_${name}`, kind: 'function' }));
const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

const nm = process.platform === 'linux' ? optionalTool('nm') : undefined;
const mingw = optionalTool('x86_64-w64-mingw32-gcc');
const clang = optionalTool('clang');

test('a built plugin is read as a library of this platform with its exports', async () => {
  const binary = readBinary(await compilePlugin(good));
  expect(binary).toMatchObject({ bits: 64, type: 'library', platforms: [hostPlatform()] });
  expect([...binary.exports].sort(byName)).toEqual(allExports);
});

test.skipIf(!nm)('exports and imports of an ELF library are those that nm lists', async () => {
  const path = await compilePlugin(good, { flags: ['-shared', '-fPIC', '-lm', '-Wl,-rpath,$ORIGIN/../lib'] });
  const listed = execFileSync('nm', ['-D', path], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const names = (wanted: (letter: string) => boolean) =>
    listed.filter((words) => wanted(words.at(-2) ?? '')).map((words) => (words.at(-1) ?? '').replace(/@.*/, ''));
  const binary = readBinary(path);
  expect([...binary.imports].sort()).toEqual(names((letter) => 'Uw'.includes(letter)).sort());
  expect(binary.exports.map(({ name }) => name).sort()).toEqual(names((letter) => 'TDBRVWi'.includes(letter)).sort());
  expect(binary.needed).toContain('libc.so.6');
  expect(binary.runpath).toEqual(['$ORIGIN/../lib']);
});

test.skipIf(!nm).each(['gnu', 'sysv'])('symbols are found by the %s hash table when the section table is gone', async (style) => {
  const path = await compilePlugin(good, { extraFlags: [`-Wl,--hash-style=${style}`], output: join(await scratchFolder(), 'plugin.so') });
  const bytes = readFileSync(path);
  bytes.fill(0, 40, 48).fill(0, 60, 64);
  writeFileSync(path, bytes);
  expect([...readBinary(path).exports].sort(byName)).toEqual(allExports);
});

test.skipIf(!mingw)('a Windows DLL is read with its exports and the libraries it needs', async () => {
  const path = await compilePlugin(good, { compiler: 'x86_64-w64-mingw32-gcc', flags: ['-shared', '-O1'], fileName: 'plugin.dll' });
  const binary = readBinary(path);
  expect(binary).toMatchObject({ format: 'pe', machine: 'x64', bits: 64, os: 'win32', type: 'library', platforms: ['windows-x64'] });
  expect([...binary.exports].sort(byName)).toEqual(allExports);
  expect(binary.needed).toContain('KERNEL32.dll');
  expect(binary.imports).toContain('QueryPerformanceCounter');
});

async function macLibrary(folder: string, arch: string): Promise<string> {
  const source = join(folder, 'library.c');
  writeFileSync(
    source,
    'int imported(int); int mvas_init(void) { return imported(3); } const int table[4] = {1, 2, 3, 4}; static int own = 2; int *hidden(void) { return &own; }\n',
  );
  const [object, library] = [join(folder, `${arch}.o`), join(folder, `${arch}.dylib`)];
  execFileSync('clang', [`--target=${arch}-apple-macos13`, '-c', source, '-o', object]);
  const flags = [
    '-dylib',
    '-arch',
    arch,
    '-platform_version',
    'macos',
    '13',
    '13',
    '-undefined',
    'dynamic_lookup',
    '-rpath',
    '@loader_path',
  ];
  execFileSync(appleLinker ?? 'ld64.lld', [...flags, object, '-o', library]);
  return library;
}

test.skipIf(!clang || !appleLinker)('a macOS library is read, thin and universal', async () => {
  const folder = await scratchFolder();
  const parts = [await macLibrary(folder, 'arm64'), await macLibrary(folder, 'x86_64')].map((path) => readFileSync(path));
  const [arm, intel] = [readBinary(join(folder, 'arm64.dylib')), readBinary(join(folder, 'x86_64.dylib'))];
  expect(arm).toMatchObject({
    format: 'macho',
    machine: 'arm64',
    type: 'library',
    platforms: ['macos-arm64'],
    runpath: ['@loader_path'],
    imports: expect.arrayContaining(['imported']),
  });
  expect(intel.platforms).toEqual(['macos-x64']);
  expect([...arm.exports].sort(byName)).toEqual([
    { name: 'hidden', kind: 'function' },
    { name: 'mvas_init', kind: 'function' },
    { name: 'table', kind: 'data' },
  ]);
  writeFileSync(join(folder, 'universal.dylib'), universal(parts));
  expect(readBinary(join(folder, 'universal.dylib')).platforms).toEqual(['macos-arm64', 'macos-x64']);
});

/** The container `lipo -create` writes: a big-endian table, the files at page borders. */
function universal(parts: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(16384);
  head.writeUInt32BE(0xcafebabe, 0);
  head.writeUInt32BE(parts.length, 4);
  const body = parts.map((part) => Buffer.concat([part, Buffer.alloc(-part.length & 16383)]));
  for (const [index, part] of parts.entries()) {
    const offset = 16384 + body.slice(0, index).reduce((sum, { length }) => sum + length, 0);
    for (const [word, value] of [part.readUInt32LE(4), part.readUInt32LE(8), offset, part.length, 14].entries())
      head.writeUInt32BE(value, 8 + index * 20 + word * 4);
  }
  return Buffer.concat([head, ...body]);
}

test('a library cut off anywhere is refused as truncated or damaged, or read the same', async () => {
  const path = await compilePlugin(good, { output: join(await scratchFolder(), 'plugin.so') });
  const whole = readBinary(path);
  const size = readFileSync(path).length;
  for (let left = size - 1; left > 512; left -= 997) {
    truncateSync(path, left);
    expect(outcome(path), `${left} of ${size} bytes`).toSatisfy(
      (seen) => seen === 'PLUGIN_INVALID' || JSON.stringify(seen) === JSON.stringify(whole),
    );
  }
});

function outcome(path: string): unknown {
  try {
    return readBinary(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'PLUGIN_INVALID') return 'PLUGIN_INVALID';
    throw error;
  }
}
