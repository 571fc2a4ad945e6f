// Version of the kit, as its package.json says it.
import { readFileSync } from 'node:fs';

/** Folder of the installed kit: the one that holds package.json, sdk, templates and schemas. */
export const kitRoot = new URL('../../', import.meta.url);

const parsed: { version: string } = JSON.parse(readFileSync(new URL('package.json', kitRoot), 'utf8'));

/** Version of the kit (semver). */
export const kitVersion = parsed.version;

/** A module as processes of their own start it: compiled, by its path below src with .js; also when this runs from source, as tests do. */
export function compiledModule(path: string): URL {
  return new URL(`dist/${path}`, kitRoot);
}
