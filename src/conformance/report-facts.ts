// What a report says of the plugin, the kit and the machine: digests and names, nothing that identifies a person.
import { readdir, readFile } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256File, sha256Hex } from '../core/digest.ts';
import { compiledModule, kitVersion } from '../core/kit-version.ts';
import { readError } from '../core/read-error.ts';
import type { ConformanceReport } from './report-schema.ts';
import type { Subject } from './subject.ts';

/** Paths and digests of library, model and configuration. */
export async function describeSubject({
  library,
  model,
  config,
  root,
}: Subject): Promise<Pick<ConformanceReport, 'plugin' | 'model' | 'config'>> {
  return {
    plugin: await describeFile(library, root),
    model: model === null ? null : await describeFile(model, root),
    config: { ...(config.path === undefined ? {} : { path: portable(config.path, root) }), sha256: sha256Hex(config.json) },
  };
}

async function describeFile(path: string, root: string): Promise<{ path: string; sha256: string }> {
  try {
    return { path: portable(path, root), sha256: await sha256File(path) };
  } catch (cause) {
    throw readError(path, cause, 'build the plugin first, or check the path');
  }
}

/** Relative with `/`; outside the root the name alone, because folders may name users. */
function portable(path: string, root: string): string {
  const inside = relative(root, path);
  return inside.startsWith('..') || isAbsolute(inside) ? basename(path) : inside.split(sep).join('/');
}

/** The kit's version, and a digest of everything that decides about a plugin: small files, which take ten times as long to read side by side. */
export async function describeKit(): Promise<ConformanceReport['kit']> {
  const source = fileURLToPath(compiledModule(''));
  const names: string[] = [];
  for (const folder of ['binary', 'conformance', 'harness'])
    for (const name of await readdir(join(source, folder), { recursive: true })) names.push(join(folder, name));
  const digests: string[] = [];
  for (const name of names.filter((file) => /\.c?js$/.test(file)).sort())
    digests.push(`${name.split(sep).join('/')} ${sha256Hex(await readFile(join(source, name)))}`);
  return { version: kitVersion, sha256: sha256Hex(digests.join('\n')) };
}
