// What binutils and LLVM say of a library, in the words of src/binary.
import { execFileSync } from 'node:child_process';

/** What is compared; lists are sorted. */
export interface Listing {
  readonly exports: readonly string[];
  readonly imports: readonly string[];
  readonly needed: readonly string[];
}

function run(tool: string, args: readonly string[]): string {
  return execFileSync(tool, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '').sort();
}

/** By readelf. */
export function readelfListing(path: string) {
  const text = run('readelf', ['-W', '-d', '-l', '-n', '--dyn-syms', path]);
  const symbols = [...text.matchAll(/^ +\d+: \w+ +\w+ (\w+) +(\w+) +(\w+).*? +(\w+) (\S+)(?: \(\d+\))?$/gm)]
    .map(([, type, bind, visibility, section, name]) => ({ type, bind, visibility, section, name: name ?? '' }))
    .filter(({ bind, visibility }) => bind !== 'LOCAL' && visibility !== 'HIDDEN' && visibility !== 'INTERNAL');
  const imported = symbols.filter(({ section }) => section === 'UND').map(({ name }) => name);
  const exported = symbols.filter(({ section }) => section !== 'UND' && section !== 'ABS');
  const stack = /GNU_STACK .* (\S+) +(?:0x\w+|0)$/m.exec(text)?.[1];
  return {
    exports: exported.map(({ name }) => name.replace(/@.*/, '')).sort(),
    functions: exported.filter(({ type }) => type === 'FUNC' || type === 'IFUNC').length,
    unique: exported.filter(({ bind }) => bind === 'UNIQUE').length,
    imports: imported.map((name) => name.replace(/@.*/, '')).sort(),
    versions: imported.filter((name) => name.includes('@')).sort(),
    needed: matches(text, /\(NEEDED\) +Shared library: \[(.*)\]/g),
    runpath: matches(text, /\(R(?:UN)?PATH\) +Library r(?:un)?path: \[(.*)\]/g).flatMap((paths) => paths.split(':')),
    noExecute: stack !== undefined && !stack.includes('E'),
    relro: /^ +GNU_RELRO/m.test(text),
    bindNow: /\(BIND_NOW\)|\(FLAGS\).*BIND_NOW|\(FLAGS_1\).*NOW/.test(text),
    textRelocations: /\(TEXTREL\)|\(FLAGS\).*TEXTREL/.test(text),
    buildId: /Build ID: (\w+)/.exec(text)?.[1],
  };
}

/** By llvm-readobj, of a DLL. */
export function peListing(path: string): Listing & { readonly optional: readonly string[]; readonly characteristics: string } {
  const text = run('llvm-readobj', ['--coff-exports', '--coff-imports', '--file-headers', path]);
  const blocks = (kind: string) => [...text.matchAll(new RegExp(`^${kind} \\{\\n([\\s\\S]*?)^\\}`, 'gm'))].map((block) => block[1] ?? '');
  const libraries = (kind: string) =>
    blocks(kind)
      .flatMap((block) => matches(block, /^ +Name: (.*)$/gm))
      .sort();
  const names = [...blocks('Import'), ...blocks('DelayImport')].flatMap((block) => matches(block, /^ +Symbol: (\S+) \(\d+\)$/gm));
  return {
    exports: blocks('Export')
      .flatMap((block) => matches(block, /^ +Name: (.+)$/gm))
      .sort(),
    imports: names.sort(),
    needed: libraries('Import'),
    optional: libraries('DelayImport'),
    characteristics: text,
  };
}

/** By llvm-nm and llvm-objdump, of a dylib. */
export function machOListing(path: string): Listing & { readonly runpath: readonly string[] } {
  const names = (flag: string) =>
    run('llvm-nm', ['--extern-only', flag, '--format=just-symbols', path])
      .split('\n')
      .filter((line) => line !== '')
      .map((name) => name.replace(/^_/, ''))
      .sort();
  const libraries = run('llvm-objdump', ['--macho', '--dylibs-used', path]);
  const own = run('llvm-objdump', ['--macho', '--dylib-id', path]).trim().split('\n').at(-1);
  return {
    exports: names('--defined-only'),
    imports: names('--undefined-only'),
    needed: matches(libraries, /^\t(.*) \(compatibility/gm).filter((name) => name !== own),
    runpath: run('llvm-objdump', ['--macho', '--rpaths', path]).trim().split('\n').slice(1),
  };
}
