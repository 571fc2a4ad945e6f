// Puts an entry in front of an archive, or in place of its first, and leaves all others byte by byte as they are.
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { replaceFile } from '../core/atomic-write.ts';
import { KitError } from '../core/kit-error.ts';
import type { Archive } from './archive.ts';
import type { Directory } from './archive-directory.ts';
import { entryForm } from './archive-feed.ts';
import type { DirectoryEntry } from './directory-rules.ts';
import { HashedFile } from './hashed-file.ts';
import type { WriteOptions, WrittenArchive } from './write-archive.ts';
import { directoryBytes, endBytes, endFields, entryOffsetAt, limits } from './zip-format.ts';

/**
 * Writes an archive with this file as its first entry; undefined, with nothing written, where it has to be written anew: it does not keep the
 * rules of signed packages, or would become too large.
 *
 * @throws {@link KitError} `CONTENT_DIFFERS` when it was changed meanwhile, `WRITE_FAILED`, `INTERRUPTED`.
 */
export async function replaceFirst(
  archive: Archive,
  first: { readonly name: string; readonly bytes: Buffer },
  output: string,
  { signal, release }: WriteOptions = {},
): Promise<Omit<WrittenArchive, 'contentDigest'> | undefined> {
  const directory = await archive.strictDirectory();
  if (directory === undefined) return undefined;
  const kept = directory.entries.filter(({ name }) => name !== first.name);
  const from = kept[0]?.offset ?? directory.offset;
  const alone = await packedAlone(first);
  const shift = alone.content.length - from;
  const lines = Buffer.concat([alone.line, shiftedLines(directory, kept, shift)]);
  const tail = Buffer.concat([lines, endRecord(alone.end, kept.length + 1, lines.length, directory.offset + shift)]);
  if (kept.length >= limits.entries || directory.offset + shift + tail.length > limits.bytes) return undefined;
  const written = await replaceFile(output, async (staging) => {
    const file = new HashedFile(staging);
    const chunks = async function* () {
      yield alone.content;
      yield* archive.bytes(from, directory.offset);
      yield tail;
    };
    await pipeline(chunks, file, signal === undefined ? {} : { signal }).catch((error: unknown) => {
      throw signal?.aborted ? new KitError('INTERRUPTED', 'interrupted') : error;
    });
    if (await archive.hasChanged()) throw changed(archive.path);
    await release?.();
    return { sizeBytes: file.sizeBytes, sha256: file.sha256() };
  });
  return { path: output, ...written };
}

/** What the ZIP library makes of one file: its header with its content, its line in the directory, and the end record. */
async function packedAlone({ name, bytes }: { readonly name: string; readonly bytes: Buffer }) {
  const { ZipArchive } = await import('archiver');
  const zip = new ZipArchive();
  zip.append(bytes, { ...entryForm, name, store: true });
  const [whole] = await Promise.all([buffer(zip), zip.finalize()]);
  const end = whole.subarray(whole.length - endBytes);
  const at = end.readUInt32LE(endFields.offset);
  return { content: whole.subarray(0, at), line: whole.subarray(at, whole.length - endBytes), end };
}

/** The lines of the directory for entries that lie elsewhere now; they are its last ones. */
function shiftedLines(directory: Pick<Directory, 'bytes'>, kept: readonly DirectoryEntry[], shift: number): Buffer {
  const length = kept.reduce((sum, { nameBytes }) => sum + directoryBytes + nameBytes, 0);
  const lines = Buffer.from(directory.bytes.subarray(directory.bytes.length - length));
  let at = 0;
  for (const { offset, nameBytes } of kept) {
    lines.writeUInt32LE(offset + shift, at + entryOffsetAt);
    at += directoryBytes + nameBytes;
  }
  return lines;
}

function endRecord(like: Buffer, count: number, bytes: number, offset: number): Buffer {
  const end = Buffer.from(like);
  end.writeUInt16LE(count, endFields.countHere);
  end.writeUInt16LE(count, endFields.count);
  end.writeUInt32LE(bytes, endFields.bytes);
  end.writeUInt32LE(offset, endFields.offset);
  return end;
}

function changed(path: string): KitError {
  return new KitError('CONTENT_DIFFERS', 'it was changed while it was read', { thing: path, hint: 'try again when nothing writes to it' });
}
