// Unpacks a package to a new folder: only files, each checked again while it is written, all or nothing.
import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stagingPath, writeError } from '../core/atomic-write.ts';
import { inLanes } from '../core/in-lanes.ts';
import { KitError } from '../core/kit-error.ts';
import type { Archive } from './archive.ts';
import type { ArchiveEntry } from './local-entries.ts';

/** Files at a time: each waits until the disk has it. */
const lanes = 8;

/**
 * Unpacks all files but the signature, which covers them and is not covered itself, to `folder`, which must not exist yet.
 *
 * @param digests - SHA-256 by name, as the verification found them; every file must still have it.
 * @throws {@link KitError} `FILE_EXISTS`, `CONTENT_DIFFERS` when a file changed since it was verified, `WRITE_FAILED`, `INTERRUPTED`.
 */
export async function unpackTo(
  archive: Archive,
  folder: string,
  digests: ReadonlyMap<string, string>,
  signal?: AbortSignal,
): Promise<void> {
  if (await stat(folder).catch(() => undefined)) {
    throw new KitError('FILE_EXISTS', `${folder} exists already`, { hint: 'remove it, or unpack to another folder' });
  }
  const staging = stagingPath(folder);
  try {
    const entries = archive.entries.filter(({ name }) => name !== 'signature.json');
    const place = (name: string): string => join(staging, ...name.split('/'));
    for (const folder of new Set([staging, ...entries.map(({ name }) => dirname(place(name)))])) await mkdir(folder, { recursive: true });
    await inLanes(entries, lanes, async (entry) => {
      if (signal?.aborted) throw new KitError('INTERRUPTED', 'interrupted');
      await unpackEntry(archive, entry, place(entry.name), digests.get(entry.name));
    });
    await rename(staging, folder);
  } catch (cause) {
    await rm(staging, { recursive: true, force: true });
    throw writeError(folder, cause);
  }
}

async function unpackEntry(archive: Archive, entry: ArchiveEntry, path: string, expected: string | undefined): Promise<void> {
  const file = await open(path, 'wx', 0o644);
  const hash = createHash('sha256');
  try {
    for await (const chunk of archive.chunks(entry)) {
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if (hash.digest('hex') === expected) return;
  throw new KitError('CONTENT_DIFFERS', `${entry.name} is not what was verified`, { hint: 'verify the package again' });
}
