// Broken libraries that no C source makes or this machine cannot load: each is read only, and fails one check that reads.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Subject } from '../src/conformance/subject.ts';
import type { PlatformKey } from '../src/core/platform.ts';
import { hostPlatform } from '../src/core/platform.ts';
import { compilePlugin } from './compile-plugin.ts';
import { subjectOf } from './conformance-subject.ts';
import { linkMac, macTools } from './mac-library.ts';
import { scratchFolder } from './scratch.ts';
import { optionalTool } from './tools.ts';

/** One library and the check that must speak against it. */
export interface StaticTwin {
  readonly id: string;
  readonly title: string;
  /** Programs that making it takes. */
  readonly tools: readonly (string | undefined)[];
  make(): Promise<Subject>;
}

const plain = 'test/plugins/good/plain.c';
const mingw = optionalTool('x86_64-w64-mingw32-gcc');
const armCompiler = process.arch === 'x64' ? optionalTool('aarch64-linux-gnu-gcc') : undefined;
const gnu = process.platform === 'linux' ? 'gcc' : undefined;

/** A library for a platform, in a folder of its own. */
async function made(platform: PlatformKey, compile: (path: string) => unknown): Promise<Subject> {
  const path = join(await scratchFolder(), 'plugin.so');
  await compile(path);
  return { ...subjectOf(path, null), platform };
}

/** This system's good plugin with bytes changed. */
function patched(change: (bytes: Buffer) => void): Promise<Subject> {
  return made(hostPlatform(), async (path) => {
    const bytes = readFileSync(await compilePlugin(plain));
    change(bytes);
    writeFileSync(path, bytes);
  });
}

/** Puts a shorter text over the first of a name in the tables of names. */
function rename(bytes: Buffer, from: string, to: string): void {
  const at = bytes.indexOf(`\0${from}\0`);
  if (at < 0) throw new Error(`${from} is not in the file`);
  bytes.write(`${to}\0`, at + 1, 'latin1');
}

const executableStack = (bytes: Buffer) => {
  const table = Number(bytes.readBigUInt64LE(32));
  for (let at = table; at < table + bytes.readUInt16LE(56) * 56; at += 56)
    if (bytes.readUInt32LE(at) === 0x6474e551) bytes.writeUInt32LE(7, at + 4);
};

const elf: readonly StaticTwin[] = [
  {
    id: 'binary/needed-libraries',
    title: 'a library that is nowhere',
    tools: [gnu],
    make: () => patched((bytes) => rename(bytes, 'libm.so.6', 'libx.so.6')),
  },
  {
    id: 'binary/symbol-versions',
    title: 'a symbol of a glibc to come',
    tools: [gnu],
    make: () => patched((bytes) => rename(bytes, 'GLIBC_2.2.5', 'GLIBC_2.99')),
  },
  { id: 'binary/hardening', title: 'an executable stack', tools: [gnu], make: () => patched(executableStack) },
  {
    id: 'binary/platform',
    title: 'an arm64 library for linux-x64',
    tools: [armCompiler],
    make: () =>
      made('linux-x64', async (output) => {
        await compilePlugin(plain, { compiler: 'aarch64-linux-gnu-gcc', output });
      }),
  },
];

const dllFlags = ['-shared', '-O1', '-static'];

function dll(title: string, id: string, flags: readonly string[], source = plain): StaticTwin {
  const compiler = `x86_64-w64-mingw32-${source.endsWith('.c') ? 'gcc' : 'g++'}`;
  const make = () =>
    made('windows-x64', async (output) => {
      await compilePlugin(source, { compiler, flags: [...dllFlags, ...flags], fileName: 'plugin.dll', output });
    });
  return { id, title: `${title} (DLL)`, tools: [mingw], make };
}

const pe: readonly StaticTwin[] = [
  { ...dll('one for Windows', 'binary/platform', []), make: async () => ({ ...(await dll('', '', []).make()), platform: 'linux-x64' }) },
  dll('everything exported', 'binary/foreign-exports', ['-Wl,--export-all-symbols']),
  dll(
    'the shared C++ runtime of MinGW',
    'binary/needed-libraries',
    ['-shared-libgcc', '-Wl,-Bdynamic', '-lstdc++'],
    'test/plugins/good/sdk.cpp',
  ),
  dll('a fixed address', 'binary/hardening', ['-Wl,--disable-dynamicbase']),
  dll('executable data', 'binary/hardening', ['-Wl,--disable-nxcompat']),
  dll('a later Windows', 'binary/symbol-versions', ['-Wl,--major-subsystem-version=11']),
  dll('a program that is started', 'binary/risky-imports', [], 'test/plugins/broken/binary/risky-imports-program.c'),
];

function dylib(
  title: string,
  id: string,
  flags: readonly string[],
  change?: (path: string) => void,
  defines: readonly string[] = [],
): StaticTwin {
  const make = () =>
    made('macos-arm64', (path) => {
      linkMac(path, flags, defines);
      change?.(path);
    });
  return { id, title: `${title} (dylib)`, tools: macTools, make };
}

/** Calls `use` with the place of every load command of that kind. */
function editCommands(path: string, kind: number, use: (bytes: Buffer, at: number) => void): void {
  const bytes = readFileSync(path);
  for (let at = 32, left = bytes.readUInt32LE(16); left > 0; left--) {
    const size = bytes.readUInt32LE(at + 4);
    if (bytes.readUInt32LE(at) === kind) use(bytes, at);
    at += size;
  }
  writeFileSync(path, bytes);
}

/** Gives the signature's load command a kind that nobody knows. */
const unsign = (path: string) => editCommands(path, 0x1d, (bytes, at) => bytes.writeUInt32LE(0x7f, at));

/** What Apple's linker makes of -flat_namespace: an own function in the table of indirect symbols, and no names in two levels. */
const flatten = (path: string) =>
  editCommands(path, 0x0b, (bytes, at) => {
    bytes.writeUInt32LE(bytes.readUInt32LE(24) & ~0x80, 24);
    bytes.writeUInt32LE(bytes.readUInt32LE(at + 16), bytes.readUInt32LE(at + 56));
  });

const macho: readonly StaticTwin[] = [
  dylib('a helper that is public', 'binary/foreign-exports', ['-exported_symbol', '_helper']),
  dylib('the flat namespace', 'binary/self-binding', [], flatten),
  dylib('a weak definition', 'binary/self-binding', [], undefined, ['-DWEAK=__attribute__((weak))']),
  dylib('a later macOS', 'binary/symbol-versions', ['-platform_version', 'macos', '26', '26']),
  dylib('a search path of the build machine', 'binary/runpath', ['-rpath', '/opt/homebrew/lib']),
  dylib('no signature', 'binary/hardening', [], unsign),
];

/** All of them. */
export const staticTwins: readonly StaticTwin[] = [...elf, ...pe, ...macho];

/** Correct libraries for other systems: nothing may speak against them. */
export const foreignGood: readonly Omit<StaticTwin, 'id'>[] = [
  dll('plain.c', '', []),
  dll('sdk.cpp', '', [], 'test/plugins/good/sdk.cpp'),
  dylib('plain functions', '', []),
  {
    title: 'plain.c for arm64',
    tools: [armCompiler],
    make: () => made('linux-arm64', (output) => compilePlugin(plain, { compiler: 'aarch64-linux-gnu-gcc', output })),
  },
];
