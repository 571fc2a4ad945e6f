// Reads the state of this process that belongs to the host, from the C library itself: Node keeps copies of some of it.
import { constants, platform } from 'node:os';
import { alloc, decode, view } from 'koffi';
import type { ProcessState } from '../process-probes.ts';
import type { Pointer } from '../raw-plugin.ts';
import { memcpy, systemFunction, systemSymbol } from './c-functions.ts';
import { floatingPointMode } from './floating-point.ts';
import { loadLibrary } from './load-library.ts';
import { readText } from './native-text.ts';

/** Looks at everything that {@link ProcessState} names. */
export function readProcessState(): ProcessState {
  reader ??= platform() === 'win32' ? windowsReader() : posixReader();
  return {
    cwd: reader.cwd(),
    environment: Object.fromEntries(reader.variables().map(splitVariable)),
    locale: reader.locale(),
    signalHandlers: reader.signalHandlers(),
    floatingPoint: floatingPointMode(),
    umask: reader.umask(),
  };
}

interface StateReader {
  cwd(): string;
  /** NAME=value each. */
  variables(): string[];
  locale(): string;
  signalHandlers(): Record<string, string>;
  umask(): string;
}

let reader: StateReader | undefined;

/** Windows has variables whose names begin with "=". */
function splitVariable(variable: string): [name: string, value: string] {
  const at = variable.indexOf('=', 1);
  return at < 0 ? [variable, ''] : [variable.slice(0, at), variable.slice(at + 1)];
}

const longestPath = 4096;
const everyCategory = { linux: 6, darwin: 0, win32: 0 } as const; // LC_ALL

function cLocale(): () => string {
  const setlocale = systemFunction<(category: number, locale: null) => Pointer | null>('setlocale', 'void *', ['int', 'void *']);
  const category = everyCategory[platform() as keyof typeof everyCategory];
  return () => readText(setlocale(category, null) ?? 0n) ?? '';
}

function cUmask(name: 'umask' | '_umask'): () => string {
  const umask = systemFunction<(mask: number) => number>(name, 'int', ['int']);
  return () => {
    const mask = umask(0o22);
    umask(mask);
    return `0${mask.toString(8)}`;
  };
}

function posixReader(): StateReader {
  const getcwd = systemFunction<(at: Pointer, bytes: number) => Pointer | null>('getcwd', 'void *', ['void *', 'size_t']);
  const uselocale = systemFunction<(locale: null) => Pointer>('uselocale', 'void *', ['void *']);
  const path = alloc('uint8_t', longestPath) as Pointer;
  const locale = cLocale();
  return {
    cwd: () => (getcwd(path, longestPath) === null ? '' : (readText(path) ?? '')),
    variables: () => textsOf(word(environAddress())),
    // LC_GLOBAL_LOCALE is −1
    locale: () => locale() + (BigInt.asIntN(64, uselocale(null)) === -1n ? '' : ', another one on the calling thread'),
    signalHandlers: signalReader(),
    umask: cUmask('umask'),
  };
}

function environAddress(): Pointer {
  if (platform() !== 'darwin') return systemSymbol('environ');
  return systemFunction<() => Pointer>('_NSGetEnviron', 'void *', [])();
}

const one = new BigUint64Array(1);
const oneBytes = new Uint8Array(one.buffer);

function word(address: Pointer): Pointer {
  memcpy(oneBytes, address, 8);
  return one[0] as Pointer;
}

/** The strings of a NULL-terminated array. */
function textsOf(array: Pointer): string[] {
  const texts: string[] = [];
  if (array === 0n) return texts;
  for (let at = array; ; at += 8n) {
    const text = readText(word(at));
    if (text === undefined) return texts;
    texts.push(text);
  }
}

/** struct sigaction: the handler comes first; the flags behind a mask of 128 bytes (Linux) or 4 (macOS). */
function signalReader(): () => Record<string, string> {
  const sigaction = systemFunction<(signal: number, action: null, old: Pointer) => number>('sigaction', 'int', ['int', 'void *', 'void *']);
  const linux = platform() === 'linux';
  const ownRestorer = linux ? 0x0400_0000 : 0; // SA_RESTORER, the C library's own affair
  const old = alloc('uint8_t', 256) as Pointer;
  const bytes = new DataView(view(old, 256));
  const names = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));
  return () => {
    const handlers: Record<string, string> = {};
    for (let signal = 1; signal <= (linux ? 64 : 31); signal++) {
      if (sigaction(signal, null, old) !== 0) continue;
      const flags = bytes.getInt32(linux ? 136 : 12, true) & ~ownRestorer;
      handlers[names.get(signal) ?? `signal ${signal}`] =
        `${describeHandler(bytes.getBigUint64(0, true))}, flags 0x${(flags >>> 0).toString(16)}`;
    }
    return handlers;
  };
}

function describeHandler(address: Pointer): string {
  return address === 0n ? 'default' : address === 1n ? 'ignored' : `handler 0x${address.toString(16)}`;
}

function windowsReader(): StateReader {
  const kernel = loadLibrary('kernel32.dll');
  const getDirectory = kernel.func('GetCurrentDirectoryW', 'uint32_t', ['uint32_t', 'void *']);
  const getStrings = kernel.func('GetEnvironmentStringsW', 'void *', []);
  const freeStrings = kernel.func('FreeEnvironmentStringsW', 'int', ['void *']);
  const path = alloc('uint16_t', longestPath) as Pointer;
  return {
    cwd: () => (getDirectory(longestPath, path) === 0 ? '' : decode.string16(path)),
    variables() {
      const block = getStrings() as Pointer;
      const variables: string[] = [];
      // one text behind the other, an empty one ends them
      for (let at = block, text = ''; ; at += BigInt(text.length + 1) * 2n) {
        text = decode.string16(at);
        if (text === '') break;
        variables.push(text);
      }
      freeStrings(block);
      return variables;
    },
    locale: cLocale(),
    signalHandlers: () => ({}),
    umask: cUmask('_umask'),
  };
}
