// The file through which a host and its child hand over frames and results: without a name, in memory where the system can.

import { randomBytes } from 'node:crypto';
import { closeSync, constants, openSync, readSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { KitError, toErrorText } from '../../core/kit-error.ts';

/** Where the child's journal ends and frames begin: one page. */
export const journalBytes = 4096;

const memoryFolder = '/dev/shm';
const roomNeeded = 512 << 20;
const temporaryOnWindows = 0x40; // O_TEMPORARY: the file goes with its last descriptor

/** Opens a new file and removes its name at once: when the last process that has it ends, it is gone. */
export function openSharedFile(): number {
  const path = join(folder(), `mvas-${randomBytes(9).toString('hex')}`);
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | (platform() === 'win32' ? temporaryOnWindows : 0);
  const descriptor = openSync(path, flags, 0o600);
  try {
    if (platform() !== 'win32') rmSync(path);
    // the journal's page exists before anybody writes to it
    writeAll(descriptor, new Uint8Array(journalBytes), 0);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  return descriptor;
}

/** Writes all bytes at a place. @throws {@link KitError} `WRITE_FAILED` when there is no room. */
export function writeAll(descriptor: number, bytes: Uint8Array, position: number): void {
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done, bytes.length - done, position + done);
  } catch (cause) {
    throw new KitError('WRITE_FAILED', `a frame or result of ${bytes.length} bytes cannot be handed over: ${toErrorText(cause)}`, {
      cause,
      hint: 'free space in the temporary folder',
    });
  }
}

/** Reads until the array is full. Throws when the file is shorter. */
export function readAll(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    const read = readSync(descriptor, bytes, done, bytes.length - done, position + done);
    if (read === 0) throw new RangeError('the shared file ends early');
    done += read;
  }
}

function folder(): string {
  try {
    const { bavail, bsize } = statfsSync(memoryFolder);
    if (platform() === 'linux' && bavail * bsize >= roomNeeded) return memoryFolder;
  } catch {
    // no such folder: the temporary one does
  }
  return tmpdir();
}
