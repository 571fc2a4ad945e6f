// Reads a stretch of a file, all of it or an error.
import type { FileHandle } from 'node:fs/promises';
import { malformed } from './malformed.ts';

/** Reads `length` bytes at `position`; a file that ends before is malformed. */
export async function readExactly(file: FileHandle, archive: string, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) throw malformed(archive, 'ends before its directory says');
    filled += bytesRead;
  }
  return bytes;
}
