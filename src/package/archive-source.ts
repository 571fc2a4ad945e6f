// What goes into a package: bytes, files, entries of another package.
import { createReadStream } from 'node:fs';
import type { Archive } from './archive.ts';
import type { ArchiveEntry } from './local-entries.ts';

/** One file for a package; `chunks` is called once, when its turn comes, and must give `sizeBytes` bytes. */
export interface ArchiveSource {
  readonly name: string;
  readonly sizeBytes: number;
  readonly chunks: () => AsyncIterable<Buffer>;
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
  return { name, sizeBytes, chunks: () => createReadStream(path, { highWaterMark: 1024 * 1024 }) };
}

/** A file of an open package. */
export function entrySource(archive: Archive, entry: ArchiveEntry): ArchiveSource {
  return { name: entry.name, sizeBytes: entry.sizeBytes, chunks: () => archive.chunks(entry) };
}
