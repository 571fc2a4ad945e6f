// Finds what a library needs where its loader would: in the system, beside it, in the package's deps.
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Binary } from '../binary/binary.ts';
import { readBinary } from '../binary/read-binary.ts';
import { KitError } from '../core/kit-error.ts';
import type { StaticContext } from './check.ts';
import { redistributable, systemLibraries } from './system-libraries.ts';

/** Where a needed library is: `absolute` is a path of one machine. */
type State = 'system' | 'packaged' | 'redistributable' | 'absolute' | 'missing';

/** One library that is needed. */
export interface NeededLibrary {
  readonly name: string;
  /** The library in the package that needs it; undefined for the plugin itself. */
  readonly neededBy: string | undefined;
  readonly state: State;
  /** Whether the plugin loads without it. */
  readonly isOptional: boolean;
}

const mostFiles = 64;

/** Everything that is needed, directly or by libraries of the package, each once. */
export function findLibraries({ library, manifest, platform, root }: StaticContext, binary: Binary): NeededLibrary[] {
  const declared = (manifest?.plugin.dependencies[platform] ?? []).map((path) => resolve(root, path));
  const seen = new Set<string>();
  const found: NeededLibrary[] = [];
  const queue: { readonly path: string; readonly file: Binary; readonly by: string | undefined }[] = [
    { path: library, file: binary, by: undefined },
  ];
  for (let next = queue.shift(); next !== undefined && seen.size < mostFiles; next = queue.shift()) {
    const { path, file, by } = next;
    for (const [name, isOptional] of [
      ...file.needed.map((one) => [one, false] as const),
      ...file.optional.map((one) => [one, true] as const),
    ]) {
      if (seen.has(name)) continue;
      seen.add(name);
      const where = locate(name, { path, file, declared });
      found.push({ name, neededBy: by, isOptional, state: where.state });
      const part = where.path === undefined ? undefined : readPart(where.path);
      if (where.path !== undefined && part !== undefined) queue.push({ path: where.path, file: part, by: basename(where.path) });
    }
  }
  return found;
}

interface Asker {
  readonly path: string;
  readonly file: Binary;
  readonly declared: readonly string[];
}

function locate(name: string, { path, file, declared }: Asker): { state: State; path?: string } {
  const spelled = file.os === 'win32' ? name.toLowerCase() : name;
  if (systemLibraries[file.os].some((pattern) => pattern.test(spelled))) return { state: 'system' };
  if (file.os === 'win32' && redistributable.test(spelled)) return { state: 'redistributable' };
  const folder = dirname(path);
  const short = basename(name);
  const places = [...(file.os === 'win32' ? [folder] : []), ...searched(file, folder, name)].map((place) =>
    inFolder(place, short, file.os),
  );
  const packaged = [...places, ...declared.filter((one) => sameName(basename(one), short, file.os))].find(
    (place) => place !== undefined && existsSync(place),
  );
  if (packaged !== undefined) return { state: 'packaged', path: packaged };
  return { state: /^[/\\]|^[A-Za-z]:/.test(name) ? 'absolute' : 'missing' };
}

/** Folders relative to the asking file in which its loader looks for `name`. */
function searched(file: Binary, folder: string, name: string): string[] {
  const own = (text: string) => /^(\$ORIGIN|\$\{ORIGIN\}|@loader_path)(?=\/|$)/.exec(text)?.[0];
  const relative = (text: string) => {
    const prefix = own(text);
    return prefix === undefined ? [] : [join(folder, text.slice(prefix.length))];
  };
  return own(name) === undefined ? file.runpath.flatMap(relative) : relative(dirname(name));
}

/** Windows does not mind the case of a name. */
function inFolder(folder: string, name: string, os: Binary['os']): string | undefined {
  if (os !== 'win32') return join(folder, name);
  const found = existsSync(folder) ? readdirSync(folder).find((one) => sameName(one, name, os)) : undefined;
  return found === undefined ? undefined : join(folder, found);
}

function sameName(a: string, b: string, os: Binary['os']): boolean {
  return os === 'win32' ? a.toLowerCase() === b.toLowerCase() : a === b;
}

/** What cannot be read is no library: the loader will say so, and binary/platform for declared ones. */
function readPart(path: string): Binary | undefined {
  try {
    return readBinary(path);
  } catch (error) {
    if (error instanceof KitError) return undefined;
    throw error;
  }
}
