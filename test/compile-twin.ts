// Compiles the broken plugins: well made but for the one fault, and without optimisation, which could hide it.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compilePlugin, linkFlags } from './compile-plugin.ts';

/** Where the broken plugins lie, by the id of their check. */
export const twinFolder = join(import.meta.dirname, 'plugins/broken');

/** Of the deadlines that plugins have. */
export const shortDeadlines = 0.5;

/** Paths of all of them below that folder, with / on every system. */
export function twinSources(): string[] {
  return readdirSync(twinFolder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.cp?p?$/.test(name))
    .sort();
}

/** Enough for all but the twins that say they take CPU time, `// Slow: …`; a twin that hangs is waited for so long in each of its checks. */
export function timeoutFactorOf(source: string): number {
  return /^\/\/ Slow: /m.test(readFileSync(join(twinFolder, source), 'utf8')) ? 2 : shortDeadlines;
}

const compileFlags = ['-shared', '-fPIC', '-fvisibility=hidden', '-Wall', '-Wno-missing-field-initializers'];

/**
 * Compiles `<group>/<name>.c` or `.cpp` of the broken plugins; resolves to the library. A line `// Flags: …` of the source
 * replaces `-O0` and the link flags; paths in it are relative to the repository.
 */
export function compileTwin(source: string, extraFlags: readonly string[] = []): Promise<string> {
  const path = join(twinFolder, source);
  const own = /^\/\/ Flags: (.*)$/m.exec(readFileSync(path, 'utf8'))?.[1];
  return compilePlugin(path, { flags: [...compileFlags, ...(own === undefined ? ['-O0', ...linkFlags] : own.split(' '))], extraFlags });
}

/** Flags with which a plugin brings a library (Linux). */
export async function bringingLibrary(): Promise<readonly string[]> {
  const library = await compilePlugin(join(twinFolder, '../harness/brought.c'), { flags: ['-shared', '-fPIC'], fileName: 'libbrought.so' });
  return ['-Wl,--no-as-needed', library, `-Wl,-rpath,${dirname(library)}`];
}
