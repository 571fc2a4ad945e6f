// Compiles the plugins that tests load, once per content of source, headers and flags.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const cacheFolder = join(root, 'node_modules', '.cache', 'mvas-test');
const run = promisify(execFile);

export const sdkInclude = join(root, 'sdk', 'include');
const sdkCmake = join(root, 'sdk', 'cmake');

const platformLinkFlags: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: [
    `-Wl,--version-script=${join(sdkCmake, 'mvas_exports.map')}`,
    '-Wl,-Bsymbolic-functions,-z,defs,-z,relro,-z,now,-z,noexecstack',
    '-Wl,--build-id=sha1',
    '-lm',
  ],
  darwin: [`-Wl,-exported_symbols_list,${join(sdkCmake, 'mvas_exports.list')}`],
};

/** How sdk/cmake links a plugin on this machine. */
export const linkFlags: readonly string[] = platformLinkFlags[process.platform] ?? [];

/** Flags of a well-made plugin on this machine; pass `flags` to `compilePlugin` to do without any of them. */
export const pluginFlags: readonly string[] = [
  ...['-shared', '-fPIC', '-O2', '-pthread', '-fvisibility=hidden', '-Wall', '-Wextra', '-Werror', '-pedantic'],
  ...linkFlags,
];

export interface CompileOptions {
  /** Program to start; default `cc` or `c++` by the source's extension (`gcc`, `g++` on Windows). */
  readonly compiler?: string;
  /** Language standard, default `c11` or `c++17`; `''` for none. */
  readonly std?: string;
  /** All flags behind the source, in place of `pluginFlags`: only `-std`, `-I <sdk>` and `-o` are always given. */
  readonly flags?: readonly string[];
  /** Flags added at the end. */
  readonly extraFlags?: readonly string[];
  /** Where to put a copy of the library; default is the cached file itself, which nobody may change. */
  readonly output?: string;
  /** File name of the cached library, default `plugin.so` (`plugin.dll`, `plugin.dylib` on Windows, macOS). */
  readonly fileName?: string;
}

const pluginFileName = `plugin.${{ win32: 'dll', darwin: 'dylib' }[process.platform as string] ?? 'so'}`;

/** A compilation, but for where it writes to. */
interface Compilation {
  readonly program: string;
  /** The name of the output follows the last of them. */
  readonly args: readonly string[];
  readonly cwd: string;
}

/** Compiles one C, C++ or Rust source and returns the path of the shared library. Throws with the compiler's text. */
export async function compilePlugin(source: string, options: CompileOptions = {}): Promise<string> {
  const file = resolve(root, source);
  const compilation = compilationOf(file, options);
  const name = options.fileName ?? pluginFileName;
  const folder = join(cacheFolder, `${basename(file, extname(file))}-${contentKey(file, [name, JSON.stringify(compilation)])}`);
  const library = join(folder, name);
  if (!existsSync(library)) {
    mkdirSync(folder, { recursive: true });
    const unfinished = join(folder, `${process.pid}-${Math.random().toString(36).slice(2)}.tmp`);
    await compile(compilation, unfinished);
    renameSync(unfinished, library);
  }
  if (options.output === undefined) return library;
  mkdirSync(dirname(options.output), { recursive: true });
  copyFileSync(library, options.output);
  return options.output;
}

function compilationOf(file: string, options: CompileOptions): Compilation {
  if (extname(file) === '.rs') return rustCompilation(file);
  const isC = extname(file) === '.c';
  const gnu = process.platform === 'win32' ? ['gcc', 'g++'] : ['cc', 'c++'];
  const std = options.std ?? (isC ? 'c11' : 'c++17');
  const flags = [...(options.flags ?? pluginFlags), ...(options.extraFlags ?? [])];
  const args = [...(std ? [`-std=${std}`] : []), `-I${sdkInclude}`, file, ...flags, '-o'];
  return { program: options.compiler ?? gnu[isC ? 0 : 1] ?? 'c++', args, cwd: root };
}

/** As cargo makes a cdylib in its release profile, with the build-id that a linker leaves out. */
function rustCompilation(file: string): Compilation {
  const link = process.platform === 'linux' ? ['-C', 'link-arg=-Wl,--build-id=sha1'] : [];
  const args = ['--edition', '2021', '--crate-type', 'cdylib', '-C', 'opt-level=2', '-C', 'strip=debuginfo', ...link, file, '-o'];
  return { program: 'rustc', args, cwd: dirname(file) };
}

async function compile({ program, args, cwd }: Compilation, unfinished: string): Promise<void> {
  try {
    await run(program, [...args, unfinished], { maxBuffer: 1 << 26, cwd });
  } catch (error) {
    rmSync(unfinished, { force: true });
    const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw new Error(`${program} ${args.join(' ')}\n${text.slice(0, 8000)}`, { cause: error });
  }
}

/** Digest of everything that decides the library: the source, headers beside and above it, the SDK and how it is compiled. */
function contentKey(source: string, words: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(words));
  const folder = dirname(source);
  const beside = readdirSync(folder).filter((name) => /\.(h|hpp|inc)$/.test(name));
  const above = readdirSync(dirname(folder)).filter((name) => /\.(h|hpp|inc)$/.test(name));
  const near = [...beside.map((name) => join(folder, name)), ...above.map((name) => join(dirname(folder), name))];
  const files = [source, ...near, ...filesUnder(sdkInclude), ...filesUnder(sdkCmake)];
  for (const file of files.sort()) hash.update(`\0${file}\0`).update(readFileSync(file));
  return hash.digest('hex').slice(0, 20);
}

function filesUnder(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
