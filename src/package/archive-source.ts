// What goes into a package: bytes, files, entries of another package.
import { open } from 'node:fs/promises';
import type { Archive } from './archive.ts';
import type { FileDigest } from './content-digest.ts';
import type { ArchiveEntry } from './local-entries.ts';

const chunkBytes = 1024 * 1024;

/** One file for a package; `chunks` is called when its turn comes, once more where it is compressed, and must give `sizeBytes` bytes. */
export interface ArchiveSource {
  readonly name: string;
  readonly sizeBytes: number;
  /** Its digest, when somebody has read it before: then it is not hashed once more. */
  readonly sha256?: string;
  /** Deflate it where that makes it smaller. */
  readonly compress?: boolean;
  readonly chunks: () => AsyncIterable<Buffer>;
}

/** A file that is made, when its turn comes, of what was written before it. */
export interface LateSource {
  readonly name: string;
  readonly compress?: boolean;
  readonly make: (written: readonly FileDigest[]) => Promise<Buffer>;
}

/** Bytes in memory. */
export function bytesSource(name: string, bytes: Buffer): ArchiveSource {
  return {
    name,
    sizeBytes: bytes.length,
    chunks: async function* () {
      yield bytes;
    },
  };
}

/** A file on disk. */
export function fileSource(name: string, path: string, sizeBytes: number): ArchiveSource {
  return { name, sizeBytes, chunks: () => fileChunks(path, sizeBytes) };
}

/** No more memory than the file needs: a thousand small ones would keep the garbage collector busy. One byte over shows a file that grew. */
async function* fileChunks(path: string, sizeBytes: number): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    for (let done = 0; done <= sizeBytes; ) {
      const wanted = Math.min(chunkBytes, sizeBytes - done + 1);
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(wanted), 0, wanted, null);
      done += bytesRead;
      if (bytesRead > 0) yield buffer.subarray(0, bytesRead);
      if (bytesRead === 0 || (bytesRead < wanted && done === sizeBytes)) return; // most small files end here, by one read
    }
  } finally {
    await file.close();
  }
}

/** A file of an open package, whose checksum proves while it is read that it is still the one that was hashed. */
export function entrySource(archive: Archive, entry: ArchiveEntry, sha256: string): ArchiveSource {
  return { name: entry.name, sizeBytes: entry.sizeBytes, sha256, compress: entry.method === 8, chunks: () => archive.chunks(entry) };
}

/** The same file, deflated where that makes it smaller. */
export function compressed<T extends ArchiveSource | LateSource>(source: T): T {
  return { ...source, compress: true };
}
