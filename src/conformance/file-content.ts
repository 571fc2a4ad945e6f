// Files by their content, and the wait until it has changed and nobody is writing any more.
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { readBinary } from '../binary/read-binary.ts';
import { sha256File } from '../core/digest.ts';
import { KitError } from '../core/kit-error.ts';

/** Files that decide about a verdict. */
export interface WatchedFiles {
  readonly library: string;
  /** Model, settings, manifest, known problems; any of them may be missing. */
  readonly others: readonly string[];
}

const pollMs = 50;
/** A linker that replaces its output in pieces pauses for less. */
const quietMs = 100;
/** A library that is still no library after this time will not become one by waiting. */
const brokenMs = 2000;

/** One digest over the content of all files; a missing file counts as such. */
export async function contentOf({ library, others }: WatchedFiles): Promise<string> {
  const hash = createHash('sha256');
  for (const path of [library, ...others]) hash.update(`${path}\0${await sha256File(path).catch(() => 'missing')}\0`);
  return hash.digest('hex');
}

/**
 * Waits until the files have another content than `known`, the library is there and whole, and nothing was written for a moment. It looks
 * at the files again and again: notifications are lost where a linker replaces the file, and on network drives.
 *
 * @throws {@link KitError} `INTERRUPTED`.
 */
export async function untilChanged(files: WatchedFiles, known: string, signal?: AbortSignal): Promise<void> {
  let judged: string | undefined;
  for (;;) {
    const marks = await untilQuiet(files, judged, signal);
    judged = marks;
    if (!marks.startsWith(missing) && (await contentOf(files)) !== known) return;
  }
}

/**
 * Waits until nobody writes to a library: until it is a whole one and stays as it is.
 *
 * @throws {@link KitError} `INTERRUPTED`.
 */
export async function untilWhole(library: string, signal?: AbortSignal): Promise<void> {
  await untilQuiet({ library, others: [] }, undefined, signal);
}

/** Resolves to what tells one state of the files from another, once it differs from `former` and stays the same. */
async function untilQuiet(files: WatchedFiles, former: string | undefined, signal: AbortSignal | undefined): Promise<string> {
  let marks = await marksOf(files);
  let quietSince = performance.now();
  for (;;) {
    const quiet = performance.now() - quietSince;
    if (marks !== former && quiet >= quietMs && (quiet >= brokenMs || isWhole(files.library))) return marks;
    await pause(signal);
    const now = await marksOf(files);
    if (now !== marks) quietSince = performance.now();
    marks = now;
  }
}

const missing = '-';

async function marksOf({ library, others }: WatchedFiles): Promise<string> {
  const marks = await Promise.all(
    [library, ...others].map(async (path) => {
      const found = await stat(path, { bigint: true }).catch(() => undefined);
      return found === undefined ? missing : `${found.ino}:${found.size}:${found.mtimeNs}`;
    }),
  );
  return marks.join(' ');
}

function isWhole(library: string): boolean {
  try {
    return readBinary(library).type === 'library';
  } catch {
    return false; // missing, cut off, or no library at all
  }
}

async function pause(signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(pollMs, undefined, signal === undefined ? {} : { signal });
  } catch (cause) {
    throw new KitError('INTERRUPTED', 'interrupted', { cause });
  }
}
