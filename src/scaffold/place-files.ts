// Writes a whole project into a staging folder and moves it into place: all of it appears, or nothing.
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stagingPath, writeError } from '../core/atomic-write.ts';
import { KitError } from '../core/kit-error.ts';
import type { ProjectFile } from './render.ts';

/**
 * Places files in `root`, which is missing or empty but for a git repository.
 *
 * @throws {@link KitError} `WRITE_FAILED` when the disk refuses, `INTERRUPTED` when the signal fires; then nothing is left behind.
 */
export async function placeFiles(root: string, files: readonly ProjectFile[], signal: AbortSignal): Promise<void> {
  const present = await readdir(root).then(
    () => true,
    () => false,
  );
  // A folder that exists may be somebody's working directory: it is filled, not replaced.
  const staging = present ? join(root, '.mvas-new.part') : stagingPath(root);
  const made = await firstMissing(dirname(root));
  try {
    await writeAll(staging, files, signal);
    if (present) await moveEntries(staging, root);
    else await rename(staging, root);
  } catch (cause) {
    await rm(staging, { recursive: true, force: true });
    if (made !== undefined) await rm(made, { recursive: true, force: true });
    throw writeError(root, cause);
  }
}

async function writeAll(staging: string, files: readonly ProjectFile[], signal: AbortSignal): Promise<void> {
  await mkdir(staging, { recursive: true });
  for (const { path, data, mode } of files) {
    if (signal.aborted) throw new KitError('INTERRUPTED', 'interrupted; nothing was created');
    const target = join(staging, path);
    await mkdir(dirname(target), { recursive: true });
    const handle = await open(target, 'wx', mode);
    await handle.writeFile(data).finally(() => handle.close());
  }
}

/** Moves the entries of `staging` into `root`; takes those moved back when one fails. */
async function moveEntries(staging: string, root: string): Promise<void> {
  const moved: string[] = [];
  try {
    for (const name of await readdir(staging)) {
      await rename(join(staging, name), join(root, name));
      moved.push(name);
    }
    await rm(staging, { recursive: true });
  } catch (cause) {
    for (const name of moved) await rm(join(root, name), { recursive: true, force: true });
    throw cause;
  }
}

/** The topmost folder of a path that does not exist yet. */
async function firstMissing(folder: string): Promise<string | undefined> {
  const there = await readdir(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
  if (there) return undefined;
  return (await firstMissing(dirname(folder))) ?? folder;
}
