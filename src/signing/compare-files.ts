// Compares what lies in a package with what its signature says.
import { inLanes } from '../core/in-lanes.ts';
import { KitError } from '../core/kit-error.ts';
import type { Archive } from '../package/archive.ts';
import type { FileDigest } from '../package/content-digest.ts';
import type { Finding } from './findings.ts';

/** Files at a time; a few MB of memory each. */
const lanes = 4;

/** The set of files and their sizes: every missing, extra or resized one by name. */
export function compareFiles(stated: readonly FileDigest[], archive: Archive): Finding[] {
  const found = new Map(archive.entries.filter(({ name }) => name !== 'signature.json').map(({ name, sizeBytes }) => [name, sizeBytes]));
  const names = new Set(stated.map(({ name }) => name));
  const extra = [...found.keys()].filter((name) => !names.has(name)).map((name) => differs(`${name} was added after signing`));
  const wrong = stated.flatMap(({ name, sizeBytes }) => {
    const size = found.get(name);
    if (size === undefined) return [differs(`${name} is missing`)];
    return size === sizeBytes ? [] : [differs(`${name} has ${size} bytes, ${sizeBytes} were signed`)];
  });
  return [...wrong, ...extra];
}

/** The files of a package, each read once. */
export interface HashedFiles {
  readonly hashed: readonly FileDigest[];
  /** Files whose bytes are not what their own headers say. */
  readonly damaged: readonly Finding[];
  /** Files that have another digest than was stated. */
  differing(stated: readonly FileDigest[]): Finding[];
}

/** Reads and hashes every file but signature.json. */
export async function hashFiles(archive: Archive, signal?: AbortSignal): Promise<HashedFiles> {
  const entries = archive.entries.filter(({ name }) => name !== 'signature.json');
  const read = await inLanes(entries, lanes, async (entry): Promise<FileDigest | Finding> => {
    if (signal?.aborted) throw new KitError('INTERRUPTED', 'interrupted');
    try {
      return { name: entry.name, sizeBytes: entry.sizeBytes, sha256: await archive.sha256(entry) };
    } catch (error) {
      if (!(error instanceof KitError)) throw error;
      return { code: error.code, message: error.rule };
    }
  });
  const hashed = read.filter((outcome) => 'sha256' in outcome);
  const damaged = read.filter((outcome) => 'code' in outcome);
  const byName = new Map(hashed.map(({ name, sha256 }) => [name, sha256]));
  const differing = (stated: readonly FileDigest[]) =>
    stated
      .filter(({ name, sha256 }) => byName.has(name) && byName.get(name) !== sha256)
      .map(({ name }) => differs(`${name} was changed after signing`));
  return { hashed, damaged, differing };
}

function differs(message: string): Finding {
  return { code: 'CONTENT_DIFFERS', message };
}
