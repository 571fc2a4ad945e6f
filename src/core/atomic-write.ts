// Files appear whole or not at all: written beside their place, flushed, renamed.
import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { KitError } from './kit-error.ts';
import { isFullDisk, systemReason } from './read-error.ts';

/** A free name in the same folder, so that the rename stays on one file system. */
export function stagingPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);
}

/** Turns a failure of the disk into an error that names the file. */
export function writeError(path: string, cause: unknown): KitError {
  if (cause instanceof KitError) return cause;
  return new KitError('WRITE_FAILED', `${path} cannot be written: ${systemReason(path, cause)}`, {
    cause,
    hint: isFullDisk(cause)
      ? 'free space on the disk, or choose another one'
      : 'choose a folder that is there or can be made, and that you may write to',
  });
}

/**
 * Writes through `fill`, whose result it returns, into a staging file, then moves it into place; on any failure nothing is left. Folders and devices are never replaced.
 *
 * @throws {@link KitError} `WRITE_FAILED` when the disk refuses.
 */
export async function replaceFile<T>(path: string, fill: (staging: string) => Promise<T>): Promise<T> {
  const staging = stagingPath(path);
  const there = await stat(path).catch(() => undefined);
  if (there !== undefined && !there.isFile()) {
    throw new KitError('WRITE_FAILED', `${path} is there already, and is no file that could be replaced`, { hint: 'name another file' });
  }
  try {
    await mkdir(dirname(path), { recursive: true });
    const filled = await fill(staging);
    const handle = await open(staging, 'r+');
    await handle.sync().finally(() => handle.close());
    await rename(staging, path);
    await syncFolder(dirname(path));
    return filled;
  } catch (cause) {
    await rm(staging, { force: true }).catch(() => undefined); // a folder that is none has no staging file either
    throw writeError(path, cause);
  }
}

/** Makes what was renamed in a folder last through a power cut; Windows does so by itself. */
export async function syncFolder(path: string): Promise<void> {
  if (platform() === 'win32') return;
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}

/** Writes a whole file atomically; `mode` counts on POSIX only. */
export async function writeFileAtomic(path: string, data: string | Uint8Array, mode = 0o644): Promise<void> {
  await replaceFile(path, async (staging) => {
    const handle = await open(staging, 'wx', mode);
    await handle.writeFile(data).finally(() => handle.close());
  });
}
