// Puts several files into a project at once: all of them take the places of the old ones, or none does.
import { copyFile, lstat, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeError } from '../core/atomic-write.ts';
import { KitError } from '../core/kit-error.ts';

/** A file and its place. */
export interface PlacedFile {
  readonly source: string;
  /** Path in the project, with `/`. */
  readonly path: string;
}

/**
 * Copies the files beside the project's, then renames; what was there before comes back when one cannot be placed.
 *
 * @throws {@link KitError} `WRITE_FAILED` when the disk refuses or a link leads out of the project; `INTERRUPTED` before anything is placed.
 */
export async function placeTogether(root: string, files: readonly PlacedFile[], signal?: AbortSignal): Promise<void> {
  for (const { path } of files) await refuseLinks(root, path);
  const staging = await mkdtemp(join(root, '.mvas-collect-')).catch((cause: unknown) => {
    throw writeError(root, cause);
  });
  const undo: (() => Promise<void>)[] = [];
  try {
    for (const [index, { source }] of files.entries()) {
      if (signal?.aborted) throw new KitError('INTERRUPTED', 'interrupted; nothing was changed');
      await copyFile(source, join(staging, `${index}.new`));
    }
    for (const [index, { path }] of files.entries()) await place(join(staging, String(index)), join(root, path), undo);
  } catch (cause) {
    for (const step of undo.reverse()) await step();
    throw writeError(root, cause);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Every step that was taken is put into `undo` at once, so that it can be taken back wherever the next one fails. */
async function place(staged: string, target: string, undo: (() => Promise<void>)[]): Promise<void> {
  const made = await mkdir(dirname(target), { recursive: true });
  if (made !== undefined) undo.push(() => rm(made, { recursive: true, force: true }));
  if (await lstat(target).catch(() => undefined)) {
    await rename(target, `${staged}.old`);
    undo.push(() => rename(`${staged}.old`, target));
  }
  await rename(`${staged}.new`, target);
  undo.push(() => rm(target, { force: true }));
}

/** A folder of the project that is a link would carry the file elsewhere. */
async function refuseLinks(root: string, path: string): Promise<void> {
  const parts = path.split('/');
  for (let count = 1; count < parts.length; count += 1) {
    const folder = join(root, ...parts.slice(0, count));
    if ((await lstat(folder).catch(() => undefined))?.isSymbolicLink())
      throw new KitError('WRITE_FAILED', `${folder} is a link, and nothing is written through it`, { hint: 'put the folder itself there' });
  }
}
