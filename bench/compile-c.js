// Compiles what the kit is measured with or beside: plugins and hosts in C.
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const include = resolve(import.meta.dirname, '../sdk/include');

/** Compiles one source with optimisation; returns the path of what came out. */
export function compileC(source, output, flags) {
  execFileSync('cc', ['-std=c11', '-O2', `-I${include}`, source, ...flags, '-o', output], { stdio: 'inherit' });
  return output;
}
