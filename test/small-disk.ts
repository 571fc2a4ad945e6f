// A disk that is soon full: a small file system in memory, where this process may mount one.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { scratchFolder } from './scratch.ts';

const run = promisify(execFile);

/** Whether disks can be mounted here: on Linux, by root, in no container that forbids it. */
export const canMount = process.platform === 'linux' && process.getuid?.() === 0 && (await tryMount());

/** Mounts a disk of that many bytes; it goes when the test ends. */
export async function smallDisk(sizeBytes: number): Promise<string> {
  const folder = join(await scratchFolder(), 'disk');
  await mkdir(folder);
  await mount(folder, sizeBytes);
  onTestFinished(() => unmount(folder));
  return folder;
}

async function tryMount(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'mvas-mount-'));
  try {
    await mount(folder, 4096);
    await unmount(folder);
    return true;
  } catch {
    return false;
  } finally {
    await rmdir(folder);
  }
}

async function mount(folder: string, sizeBytes: number): Promise<void> {
  await run('mount', ['-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'tmpfs', folder]);
}

async function unmount(folder: string): Promise<void> {
  await run('umount', [folder]);
}
