// Compiles the test suite's plugins for benchmarks: the correct ones in C and C++, and the broken ones.
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parseManifest } from '../../dist/manifest/read-manifest.js';

const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);
/** How a well made library for Linux is linked. */
export const link = [
  `-Wl,--version-script=${join(root, 'sdk/cmake/mvas_exports.map')}`,
  '-Wl,-Bsymbolic-functions,-z,defs,-z,relro,-z,now,-z,noexecstack',
  '-Wl,--build-id=sha1',
];

/** The correct plugins that keep the whole contract. */
export const goodSources = ['plain.c', 'plain.cpp', 'sdk.cpp', 'threads.cpp', 'single.c', 'gray.c', 'mapped.c', 'static.c', 'minimal.c'];

/** Paths of the broken plugins below test/plugins/broken. */
export const brokenSources = readdirSync(join(root, 'test/plugins/broken'), { recursive: true })
  .filter((name) => /\.cp?p?$/.test(name))
  .sort();

/** A library with its model as a subject of the suite, without project or manifest. */
export function bareSubject({ library, model }, platform = `linux-${process.arch}`) {
  return { library, model, config: { json: '{}' }, platform, declared: [], root: dirname(library), arguments: [] };
}

/** What a line `// Manifest: {…}` of a broken plugin declares, over the smallest manifest; undefined where it has none. */
export function declaredManifest(text, source) {
  const line = /^\/\/ Manifest: (.*)$/m.exec(text)?.[1];
  if (line === undefined) return undefined;
  return parseManifest(merged(JSON.parse(readFileSync(join(root, 'test/plugins/manifest.json'), 'utf8')), JSON.parse(line)), source);
}

function merged(under, over) {
  const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
  const both = Object.entries(over).map(([key, value]) => [
    key,
    isObject(under[key]) && isObject(value) ? merged(under[key], value) : value,
  ]);
  return { ...under, ...Object.fromEntries(both) };
}

/** A correct plugin with its model; `more` are further words for the compiler. */
export function goodPlugin(source, folder, more = []) {
  return optimised(join('test/plugins/good', source), folder, more);
}

/** A source at any path compiled as the correct plugins are, with their model. */
export function optimised(path, folder, more = []) {
  return compile(path, folder, ['-O2', '-pthread', ...link, '-lm', ...more], 'test/plugins/good/brightness.model');
}

/** A broken plugin with its model; a line `// Flags:` of the source replaces how it is linked. */
export function brokenPlugin(source, folder, more = []) {
  const path = join('test/plugins/broken', source);
  const own = /^\/\/ Flags: (.*)$/m.exec(readFileSync(join(root, path), 'utf8'))?.[1];
  const flags = own === undefined ? ['-O0', ...link, '-lm'] : own.split(' ');
  return compile(path, folder, [...flags, ...more], 'test/plugins/broken/twin.model');
}

/** Makes a library that does nothing; the words with which a plugin brings it. */
export async function broughtLibrary(folder) {
  const library = join(folder, 'libbrought.so');
  await run('cc', ['-shared', '-fPIC', 'test/plugins/harness/brought.c', '-o', library], { cwd: root });
  return ['-Wl,--no-as-needed', library, `-Wl,-rpath,${folder}`];
}

async function compile(source, folder, flags, model) {
  const home = join(folder, source.replaceAll(/[/\\.]/g, '-'));
  const library = join(home, 'plugin.so');
  mkdirSync(home, { recursive: true });
  const [compiler, std] = source.endsWith('.c') ? ['cc', 'gnu11'] : ['c++', 'c++17'];
  await run(compiler, [`-std=${std}`, '-shared', '-fPIC', '-fvisibility=hidden', '-w', '-Isdk/include', source, ...flags, '-o', library], {
    cwd: root,
  });
  return { library, model: join(root, model) };
}
