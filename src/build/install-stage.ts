// Moves what a build installed into the project, file by file and each at once: an interrupt leaves whole files.
import { chmod, copyFile, readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { replaceFile } from '../core/atomic-write.ts';
import { KitError } from '../core/kit-error.ts';

/**
 * Copies the files of `stage` to the same places in `root`; identical ones are left alone and keep their dates.
 *
 * @throws {@link KitError} `WRITE_FAILED`, or `INTERRUPTED` between two files.
 */
export async function installStage(stage: string, root: string, signal: AbortSignal): Promise<void> {
  const entries = await readdir(stage, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    if (signal.aborted) throw new KitError('INTERRUPTED', 'the build was interrupted');
    const source = join(entry.parentPath, entry.name);
    const target = join(root, relative(stage, source));
    if (await isIdentical(source, target)) continue;
    const { mode } = await stat(source);
    await replaceFile(target, async (staging) => {
      await copyFile(source, staging);
      await chmod(staging, mode & 0o777);
    });
  }
}

async function isIdentical(source: string, target: string): Promise<boolean> {
  const present = await readFile(target).catch(() => undefined);
  return present?.equals(await readFile(source)) ?? false;
}
