// Walks the entries of an archive and proves that they lie gapless and say the same as the directory.
import type { Directory } from './archive-directory.ts';
import type { DirectoryEntry } from './directory-rules.ts';
import { extraFieldsProblem } from './extra-fields.ts';
import { malformed } from './malformed.ts';
import { type RandomAccess, readExactly } from './read-exactly.ts';
import { descriptorBytes, descriptorSignature, flags, localBytes, localSignature, readEntryHeader } from './zip-format.ts';

/** A file in an archive; its bytes lie from `dataOffset` on. */
export interface ArchiveEntry {
  readonly name: string;
  readonly sizeBytes: number;
  readonly compressedBytes: number;
  readonly method: number;
  readonly crc32: number;
  readonly dataOffset: number;
}

/**
 * Compares every local header and descriptor with the directory.
 *
 * @throws {@link KitError} `CONTAINER_MALFORMED` naming entry and rule.
 */
export async function locateEntries(file: RandomAccess, archive: string, directory: Directory): Promise<ArchiveEntry[]> {
  const located: ArchiveEntry[] = [];
  let at = 0;
  for (const entry of [...directory.entries].sort((a, b) => a.offset - b.offset)) {
    if (entry.offset < at) throw wrong(archive, entry, 'overlaps another entry');
    if (entry.offset > at)
      throw malformed(archive, `has ${entry.offset - at} bytes before ${JSON.stringify(entry.name)} that no entry owns`);
    const dataOffset = await judgeLocal(file, archive, entry, directory);
    at = await judgeDescriptor(file, archive, entry, directory, dataOffset + entry.compressedBytes);
    if (!entry.name.endsWith('/')) located.push({ dataOffset, ...entry });
  }
  if (at !== directory.offset) throw malformed(archive, `has ${directory.offset - at} bytes between its entries and its directory`);
  if (!directory.strict) return located;
  if (directory.entries.some((entry, index) => index > 0 && entry.offset < (directory.entries[index - 1]?.offset ?? 0))) {
    throw malformed(archive, 'lists its entries in another order than it holds them');
  }
  return located;
}

async function judgeLocal(file: RandomAccess, archive: string, entry: DirectoryEntry, { offset, strict }: Directory): Promise<number> {
  if (entry.offset + localBytes + entry.nameBytes > offset) throw wrong(archive, entry, 'runs into the directory');
  const bytes = await readExactly(file, archive, entry.offset, localBytes + entry.nameBytes);
  if (bytes.readUInt32LE(0) !== localSignature) throw wrong(archive, entry, 'has no local header');
  const local = readEntryHeader(bytes, 4);
  if (bytes.toString('utf8', localBytes) !== entry.name) throw wrong(archive, entry, 'has another name in its local header');
  const later = (entry.flags & flags.descriptor) !== 0;
  for (const field of ['versionNeeded', 'flags', 'method', 'dosTime', 'dosDate', 'nameBytes'] as const) {
    if (local[field] !== entry[field]) throw wrong(archive, entry, `has another ${field} in its local header`);
  }
  for (const field of ['crc32', 'compressedBytes', 'sizeBytes'] as const) {
    if (later && strict && local[field] !== 0)
      throw wrong(archive, entry, `has a ${field} in its local header although a descriptor follows`);
    if (!(later && local[field] === 0) && local[field] !== entry[field])
      throw wrong(archive, entry, `has another ${field} in its local header`);
  }
  if (strict && local.extraBytes !== 0) throw wrong(archive, entry, 'has an extra field in its local header');
  if (entry.offset + localBytes + local.nameBytes + local.extraBytes > offset) throw wrong(archive, entry, 'runs into the directory');
  const extra = extraFieldsProblem(await readExactly(file, archive, entry.offset + localBytes + local.nameBytes, local.extraBytes));
  if (extra !== undefined) throw wrong(archive, entry, extra);
  const dataOffset = entry.offset + localBytes + local.nameBytes + local.extraBytes;
  if (dataOffset + entry.compressedBytes > offset) throw wrong(archive, entry, 'runs into the directory');
  return dataOffset;
}

/** Returns the offset behind the entry; some writers leave out the descriptor's signature, which only unsigned archives may. */
async function judgeDescriptor(
  file: RandomAccess,
  archive: string,
  entry: DirectoryEntry,
  directory: Directory,
  at: number,
): Promise<number> {
  if ((entry.flags & flags.descriptor) === 0) return at;
  if (at + descriptorBytes - 4 > directory.offset) throw wrong(archive, entry, 'has no descriptor');
  const bytes = await readExactly(file, archive, at, Math.min(descriptorBytes, directory.offset - at));
  const marked = bytes.length === descriptorBytes && bytes.readUInt32LE(0) === descriptorSignature;
  const problem = marked ? descriptorProblem(bytes, 4, entry) : 'has a descriptor without its signature';
  if (problem === undefined) return at + descriptorBytes;
  if (!directory.strict && descriptorProblem(bytes, 0, entry) === undefined) return at + descriptorBytes - 4;
  throw wrong(archive, entry, problem);
}

function descriptorProblem(bytes: Buffer, at: number, entry: DirectoryEntry): string | undefined {
  const wrongField = (['crc32', 'compressedBytes', 'sizeBytes'] as const).find(
    (field, index) => bytes.readUInt32LE(at + 4 * index) !== entry[field],
  );
  return wrongField === undefined ? undefined : `has another ${wrongField} in its descriptor`;
}

function wrong(archive: string, entry: DirectoryEntry, rule: string): Error {
  return malformed(archive, `has an entry ${JSON.stringify(entry.name)} that ${rule}`);
}
