// Holds the files of an installed release against its record: nothing missing, nothing more, no byte changed.
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256File } from '../../core/digest.ts';
import { inLanes } from '../../core/in-lanes.ts';
import { KitError } from '../../core/kit-error.ts';
import { releasePlaces } from './places.ts';
import type { InstallRecord } from './record.ts';

const lanes = 4;

/** Every difference, in words; empty for a release that is as it was installed. */
export async function fileDifferences(release: string, { files }: InstallRecord, signal?: AbortSignal): Promise<string[]> {
  const { app } = releasePlaces(release);
  const names = new Set(files.map(({ name }) => name));
  const extra = (await filesBelow(app)).filter((name) => !names.has(name)).map((name) => `${name} was added`);
  const wrong = await inLanes(files, lanes, async ({ name, sizeBytes, sha256 }) => {
    if (signal?.aborted) throw new KitError('INTERRUPTED', 'interrupted');
    const path = join(app, ...name.split('/'));
    const found = await lstat(path).catch(() => undefined);
    if (found === undefined) return `${name} is missing`;
    return found.isFile() && found.size === sizeBytes && (await sha256File(path)) === sha256 ? undefined : `${name} was changed`;
  });
  return [...wrong.filter((difference) => difference !== undefined), ...extra];
}

/** Names of everything that is no folder, with `/`. */
async function filesBelow(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    );
}
