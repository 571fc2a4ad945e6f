// Reads a stretch of a file, all of it or an error.
import type { FileHandle } from 'node:fs/promises';
import { malformed } from './malformed.ts';

/** What an archive is read from: an open file, or whatever answers like one. */
export interface RandomAccess extends Pick<FileHandle, 'close'> {
  read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
  /** Whether somebody has written to it since it was opened; what has no such function does not change. */
  hasChanged?(): Promise<boolean>;
}

/** Reads `length` bytes at `position`; a file that ends before is malformed. */
export async function readExactly(file: RandomAccess, archive: string, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) throw malformed(archive, 'ends before its directory says');
    filled += bytesRead;
  }
  return bytes;
}
