// Changes many files of a project as one: a journal lets an interrupted run be finished, so that the project is old or new.
import { constants, copyFile, lstat, mkdir, open, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeError } from '../../core/atomic-write.ts';
import { isThere } from '../../core/is-there.ts';
import { KitError } from '../../core/kit-error.ts';
import type { FileChange } from './decide-file.ts';

/** One step: `staged` holds the new content, without it the file goes; `backup` holds what was there. */
interface Step {
  readonly path: string;
  readonly staged?: string;
  readonly backup?: string;
}

const partFolder = '.mvas/upgrade.part';
const journalName = 'journal.json';

/**
 * Makes all changes or none. From the moment the journal is there they are only ever finished, by this run or by the next.
 *
 * @throws {@link KitError} `INTERRUPTED` or `WRITE_FAILED`; then nothing was changed.
 */
export async function applyChanges(root: string, changes: readonly FileChange[], signal: AbortSignal): Promise<void> {
  const part = join(root, partFolder);
  try {
    await mkdir(part, { recursive: true });
    const steps: Step[] = [];
    // what goes makes room for what comes: a file may become a folder
    for (const change of [...changes].sort((a, b) => Number(a.data !== undefined) - Number(b.data !== undefined))) {
      if (signal.aborted) throw new KitError('INTERRUPTED', 'interrupted; nothing was changed');
      steps.push(await stage(root, part, change, steps.length));
    }
    await writeDurably(join(part, 'journal.part'), JSON.stringify(steps));
    await rename(join(part, 'journal.part'), join(part, journalName));
    await perform(root, part, steps).catch(async (cause: unknown) => {
      await undo(root, part, steps);
      throw cause;
    });
  } catch (cause) {
    await rm(part, { recursive: true, force: true });
    throw writeError(root, cause);
  }
}

/** Finishes what an interrupted run began, or clears what it had only prepared; says whether it finished something. */
export async function finishInterrupted(root: string): Promise<boolean> {
  const part = join(root, partFolder);
  const journal = await readFile(join(part, journalName), 'utf8').catch(() => undefined);
  if (journal === undefined) {
    await rm(part, { recursive: true, force: true });
    return false;
  }
  await perform(root, part, JSON.parse(journal) as Step[]).catch((cause: unknown) => {
    throw writeError(root, cause);
  });
  return true;
}

async function stage(root: string, part: string, { path, data, mode }: FileChange, index: number): Promise<Step> {
  const there = await lstat(join(root, path)).catch(() => undefined);
  const backup = there?.isFile() ? { backup: `${index}.old` } : {};
  if (there?.isFile()) await copyFile(join(root, path), join(part, `${index}.old`), constants.COPYFILE_FICLONE);
  if (data === undefined) return { path, ...backup };
  await writeDurably(join(part, `${index}.new`), data, mode);
  return { path, staged: `${index}.new`, ...backup };
}

async function writeDurably(path: string, data: string | Uint8Array, mode = 0o644): Promise<void> {
  const handle = await open(path, 'w', mode);
  try {
    await handle.writeFile(data);
    await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the steps; a step that was made before is passed over. */
async function perform(root: string, part: string, steps: readonly Step[]): Promise<void> {
  for (const { path, staged } of steps) {
    const target = join(root, path);
    if (staged === undefined) {
      await rm(target, { force: true });
      await removeEmptyFolders(root, path);
    } else if (await isThere(join(part, staged))) {
      await mkdir(dirname(target), { recursive: true });
      await rename(join(part, staged), target);
    }
  }
  await rm(join(part, journalName), { force: true });
  await rm(part, { recursive: true, force: true });
}

async function undo(root: string, part: string, steps: readonly Step[]): Promise<void> {
  for (const { path, staged, backup } of [...steps].reverse()) {
    const target = join(root, path);
    const made = staged === undefined || !(await isThere(join(part, staged)));
    if (!made) continue;
    await rm(target, { force: true });
    if (backup === undefined) continue;
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(part, backup), target);
  }
  await writeFile(join(part, journalName), '[]');
}

async function removeEmptyFolders(root: string, path: string): Promise<void> {
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    const gone = await rmdir(join(root, folder)).then(
      () => true,
      () => false,
    );
    if (!gone) return;
  }
}
