// Reads the directory at the end of an archive and judges all that it says.
import type { FileHandle } from 'node:fs/promises';
import { type DirectoryEntry, entriesProblem, entryProblem } from './directory-rules.ts';
import { malformed } from './malformed.ts';
import { readExactly } from './read-exactly.ts';
import { directoryBytes, directorySignature, endBytes, endSignature, limits, readEntryHeader } from './zip-format.ts';

/** The directory, and the place where it starts, which is where the last entry must end. */
export interface Directory {
  readonly entries: readonly DirectoryEntry[];
  readonly offset: number;
  /** It holds a signature.json: then every field must be as this kit writes it. */
  readonly strict: boolean;
}

/**
 * Reads the directory.
 *
 * @throws {@link KitError} `CONTAINER_MALFORMED` naming the rule.
 */
export async function readDirectory(file: FileHandle, archive: string, sizeBytes: number): Promise<Directory> {
  const end = await readEnd(file, archive, sizeBytes);
  const entries = parseEntries(await readExactly(file, archive, end.offset, end.bytes), archive, end.count);
  const strict = entries.some(({ name }) => name === 'signature.json');
  for (const entry of entries) {
    const problem = entryProblem(entry, strict);
    if (problem !== undefined) throw malformed(archive, `has an entry ${JSON.stringify(entry.name)} that ${problem}`);
  }
  const problem = entriesProblem(entries, strict);
  if (problem !== undefined) throw malformed(archive, problem);
  return { entries, offset: end.offset, strict };
}

async function readEnd(file: FileHandle, archive: string, sizeBytes: number): Promise<{ offset: number; bytes: number; count: number }> {
  if (sizeBytes < endBytes) throw malformed(archive, `has ${sizeBytes} bytes, too few for a package`);
  if (sizeBytes > limits.bytes) throw malformed(archive, `has ${sizeBytes} bytes, more than ${limits.bytes}`);
  const end = await readExactly(file, archive, sizeBytes - endBytes, endBytes);
  const found = { count: end.readUInt16LE(10), bytes: end.readUInt32LE(12), offset: end.readUInt32LE(16) };
  const problem = endProblem(end, found, sizeBytes);
  if (problem !== undefined) throw malformed(archive, problem);
  return found;
}

function endProblem(
  end: Buffer,
  { count, bytes, offset }: { count: number; bytes: number; offset: number },
  sizeBytes: number,
): string | undefined {
  if (end.readUInt32LE(0) !== endSignature) return 'does not end with the end record of a ZIP archive: it is truncated or something else';
  if (end.readUInt16LE(20) !== 0) return 'has an archive comment';
  if (end.readUInt32LE(4) !== 0) return 'is one disk of several';
  if (count === 0xffff || bytes === 0xffffffff || offset === 0xffffffff) return 'uses ZIP64';
  if (count !== end.readUInt16LE(8)) return 'counts its entries in two ways';
  if (count === 0) return 'is empty';
  if (count > limits.entries) return `has ${count} entries, more than ${limits.entries}`;
  if (bytes > limits.directoryBytes) return `has a directory of ${bytes} bytes, more than ${limits.directoryBytes}`;
  return offset + bytes === sizeBytes - endBytes ? undefined : 'has a directory that does not lie directly before the end record';
}

function parseEntries(bytes: Buffer, archive: string, count: number): DirectoryEntry[] {
  const entries: DirectoryEntry[] = [];
  let at = 0;
  while (entries.length < count) {
    if (at + directoryBytes > bytes.length || bytes.readUInt32LE(at) !== directorySignature) {
      throw malformed(archive, `has no directory entry ${entries.length + 1} of ${count}`);
    }
    const entry = parseEntry(bytes, at);
    at += directoryBytes + entry.nameBytes + entry.extraBytes + entry.commentBytes;
    if (at > bytes.length) throw malformed(archive, `has a directory entry ${entries.length + 1} that runs over the end`);
    entries.push(entry);
  }
  if (at !== bytes.length) throw malformed(archive, 'has bytes between its directory and the end record');
  return entries;
}

function parseEntry(bytes: Buffer, at: number): DirectoryEntry {
  const header = readEntryHeader(bytes, at + 6);
  const extraAt = at + directoryBytes + header.nameBytes;
  return {
    ...header,
    name: bytes.toString('utf8', at + directoryBytes, extraAt),
    extra: bytes.subarray(extraAt, extraAt + header.extraBytes),
    madeBy: bytes.readUInt16LE(at + 4),
    commentBytes: bytes.readUInt16LE(at + 32),
    disk: bytes.readUInt16LE(at + 34),
    internalAttributes: bytes.readUInt16LE(at + 36),
    externalAttributes: bytes.readUInt32LE(at + 38),
    offset: bytes.readUInt32LE(at + 42),
  };
}
