// Checks of schemas that the build compiled ahead: compiling takes longer than most commands.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ValidateFunction } from 'ajv';

const load = createRequire(import.meta.url);

/** File name of a schema's compiled check: of its content, so that one of an older schema is never taken for it. */
export function readyMadeName(schema: object): string {
  return `${createHash('sha256').update(JSON.stringify(schema)).digest('hex').slice(0, 16)}.cjs`;
}

/** The check that lies ready beside this module, or undefined: in the sources there is none. */
export function readyMade(schema: object): ValidateFunction | undefined {
  const path = join(import.meta.dirname, 'compiled', readyMadeName(schema));
  return existsSync(path) ? (load(path) as ValidateFunction) : undefined;
}
