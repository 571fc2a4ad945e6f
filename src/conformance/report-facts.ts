// What a report says of the plugin, the kit and the machine: digests and names, nothing that identifies a person.
import { readdirSync, readFileSync } from 'node:fs';
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
export function describeKit(): ConformanceReport['kit'] {
  const source = fileURLToPath(compiledModule(''));
  const folders = ['binary', 'conformance', 'harness'];
  const namesIn = (folder: string) => readdirSync(join(source, folder), { recursive: true, encoding: 'utf8' });
  const names = folders.flatMap((folder) => namesIn(folder).map((name) => join(folder, name)));
  const code = names.filter((name) => /\.c?js$/.test(name)).sort();
  const digests = code.map((name) => `${name.split(sep).join('/')} ${sha256Hex(readFileSync(join(source, name)))}`);
  return { version: kitVersion, sha256: sha256Hex(digests.join('\n')) };
}
