// An open file that lies in memory, so that a million damaged archives need no disk.
import type { RandomAccess } from '../src/package/read-exactly.ts';

/** Answers reads like a file handle of these bytes. */
export function memoryFile(bytes: Buffer): RandomAccess {
  return {
    read: async (buffer, offset, length, position) => ({ bytesRead: bytes.copy(buffer, offset, position, position + length) }),
    close: async () => {},
  };
}
