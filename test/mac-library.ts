// Links small libraries for macOS with clang and LLVM's linker, without Apple's SDK.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findTool, optionalTool } from './tools.ts';

const clang = optionalTool('clang');

/** LLVM's linker for macOS. */
export const appleLinker = findLinker();

/** What linking takes; undefined where it is not here. */
export const macTools: readonly (string | undefined)[] = [clang, appleLinker];

/** Debian keeps it beside its LLVM, off the PATH. */
function findLinker(): string | undefined {
  const folders = existsSync('/usr/lib') ? readdirSync('/usr/lib').filter((name) => name.startsWith('llvm-')) : [];
  return findTool('ld64.lld') ?? folders.map((name) => `/usr/lib/${name}/bin/ld64.lld`).find((path) => existsSync(path));
}

const contract = ['get_info', 'init', 'infer', 'cleanup', 'get_error', 'free_result'];

/** The functions of the contract with bodies that only have to link; mvas_infer calls another of them, and a helper. */
const source = `#ifndef WEAK
#define WEAK
#endif
int imported(int x);
int helper(int x) { return x + 1; }
WEAK int mvas_init(void) { return helper(1) + imported(2); }
int mvas_infer(void) { return mvas_init(); }
void mvas_cleanup(void) {}
void mvas_free_result(void) {}
static const int info = 2;
const int *mvas_get_info(void) { return &info; }
const char *mvas_get_error(void) { return "";}
`;

/** Links a library for macOS that exports the contract; later flags win. */
export function linkMac(path: string, flags: readonly string[], defines: readonly string[] = []): void {
  mkdirSync(dirname(path), { recursive: true });
  const [code, object] = [join(dirname(path), 'library.c'), `${path}.o`];
  writeFileSync(code, source);
  execFileSync('clang', ['--target=arm64-apple-macos13', '-O0', ...defines, '-c', code, '-o', object]);
  const platform = flags.includes('-platform_version') ? [] : ['-platform_version', 'macos', '13', '13'];
  const exported = contract.flatMap((name) => ['-exported_symbol', `_mvas_${name}`]);
  execFileSync(appleLinker ?? 'ld64.lld', [
    '-dylib',
    '-arch',
    'arm64',
    ...platform,
    ...exported,
    '-undefined',
    'dynamic_lookup',
    ...flags,
    object,
    '-o',
    path,
  ]);
}
