// A disk that is soon full: a small file system in memory, where this process may mount one.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { scratchFolder } from './scratch.ts';

const run = promisify(execFile);

/** Whether disks can be mounted here: on Linux, by root, in no container that forbids it. */
export const canMount = process.platform === 'linux' && process.getuid?.() === 0 && tryMount();

/** Mounts a disk of that many bytes; it goes when the test ends. */
export async function smallDisk(sizeBytes: number): Promise<string> {
  const folder = join(await scratchFolder(), 'disk');
  await mkdir(folder);
  await run('mount', ['-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'tmpfs', folder]);
  onTestFinished(() => run('umount', [folder]).then(() => undefined));
  return folder;
}

function tryMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'mvas-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
}
