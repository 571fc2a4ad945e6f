// Reads the directory at the end of an archive and judges all that it says.
import { type DirectoryEntry, entriesProblem, entryProblem } from './directory-rules.ts';
import { readEnd } from './end-record.ts';
import { malformed } from './malformed.ts';
import { type RandomAccess, readExactly } from './read-exactly.ts';
import { directoryBytes, directorySignature, entryOffsetAt, readEntryHeader } from './zip-format.ts';

/** The directory, and the place where it starts, which is where the last entry must end. */
export interface Directory {
  readonly entries: readonly DirectoryEntry[];
  readonly offset: number;
  /** Its lines as they lie in the archive. */
  readonly bytes: Buffer;
  /** It holds a signature.json: then every field must be as this kit writes it. */
  readonly strict: boolean;
}

/**
 * Reads the directory.
 *
 * @param asSigned - Judge an unsigned archive by the rules of signed ones.
 * @throws {@link KitError} `CONTAINER_MALFORMED` naming the rule.
 */
export async function readDirectory(file: RandomAccess, archive: string, sizeBytes: number, asSigned = false): Promise<Directory> {
  const end = await readEnd(file, archive, sizeBytes);
  const bytes = await readExactly(file, archive, end.offset, end.bytes);
  const entries = parseEntries(bytes, archive, end.count);
  const strict = asSigned || entries.some(({ name }) => name === 'signature.json');
  for (const entry of entries) {
    const problem = entryProblem(entry, strict);
    if (problem !== undefined) throw malformed(archive, `has an entry ${JSON.stringify(entry.name)} that ${problem}`);
  }
  const problem = entriesProblem(entries, strict);
  if (problem !== undefined) throw malformed(archive, problem);
  return { entries, offset: end.offset, bytes, strict };
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
    name: bytes.toString('utf8', at + directoryBytes, extraAt),
    extra: bytes.subarray(extraAt, extraAt + header.extraBytes),
    madeBy: bytes.readUInt16LE(at + 4),
    commentBytes: bytes.readUInt16LE(at + 32),
    disk: bytes.readUInt16LE(at + 34),
    internalAttributes: bytes.readUInt16LE(at + 36),
    externalAttributes: bytes.readUInt32LE(at + 38),
    offset: bytes.readUInt32LE(at + entryOffsetAt),
    ...header, // last: spread first, V8 takes twenty times as long
  };
}
