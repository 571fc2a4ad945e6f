// The rules that one line of an archive's directory must keep, alone and among the others.
import { entryNameProblem, nameClash, strictNameProblem } from './entry-name.ts';
import { namesInOrder } from './entry-order.ts';
import { extraFieldsProblem } from './extra-fields.ts';
import { type EntryHeader, flags, harmlessFlags, limits, written } from './zip-format.ts';

/** Attributes of DOS that unzip heeds: it skips labels. */
const dosLabel = 0x08;
const dosFolder = 0x10;

/** One line of the directory; `name` ends with `/` for a folder. */
export interface DirectoryEntry extends EntryHeader {
  readonly name: string;
  /** Where its local header starts. */
  readonly offset: number;
  readonly madeBy: number;
  readonly extra: Buffer;
  readonly commentBytes: number;
  readonly disk: number;
  readonly internalAttributes: number;
  readonly externalAttributes: number;
}

/** The rule that one entry breaks, as a clause: safety first, which every archive must keep, then the strict profile. */
export function entryProblem(entry: DirectoryEntry, strict: boolean): string | undefined {
  return safetyRule(entry) ?? (strict ? strictRule(entry) : undefined);
}

/** The rule that the entries break together, as a clause. */
export function entriesProblem(entries: readonly DirectoryEntry[], strict: boolean): string | undefined {
  const clash = nameClash(entries.map(({ name }) => name));
  if (clash !== undefined) return clash;
  const content = entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (content > limits.bytes) return `unpacks to ${content} bytes, more than ${limits.bytes}`;
  const names = entries.map(({ name }) => name);
  const misplaced = strict ? namesInOrder(names).find((name, index) => name !== names[index]) : undefined;
  return misplaced === undefined ? undefined : `does not hold ${misplaced} in its place`;
}

function safetyRule(entry: DirectoryEntry): string | undefined {
  const folder = entry.name.endsWith('/');
  const type = entry.externalAttributes >>> 28;
  if (type !== 0 && type !== (folder ? 4 : 8)) return type === 10 ? 'is a link' : 'is a special file';
  if ((entry.externalAttributes & dosLabel) !== 0) return 'is the label of a disk';
  if (!folder && (entry.externalAttributes & dosFolder) !== 0) return 'is a file that says that it is a folder';
  if ((entry.flags & flags.encrypted) !== 0) return 'is encrypted';
  if ((entry.flags & ~harmlessFlags) !== 0) return `has flags ${entry.flags}`;
  if (entry.method !== 0 && entry.method !== 8) return `is compressed by method ${entry.method}`;
  if ([entry.compressedBytes, entry.sizeBytes, entry.offset].includes(0xffffffff)) return 'uses ZIP64';
  if (entry.versionNeeded > limits.versionNeeded) return `needs version ${entry.versionNeeded} of the ZIP format`;
  if (entry.commentBytes !== 0) return 'has a comment';
  if (entry.disk !== 0) return 'lies on another disk';
  return sizeRule(entry, folder) ?? nameRule(entry, folder) ?? extraFieldsProblem(entry.extra);
}

/** Without the flag some readers take the bytes of a name for those of an old code page. */
function nameRule({ name, nameBytes, flags: bits }: DirectoryEntry, folder: boolean): string | undefined {
  const problem = entryNameProblem(folder ? name.slice(0, -1) : name);
  if (problem !== undefined || nameBytes === name.length || (bits & flags.utf8) !== 0) return problem;
  return 'has letters beyond ASCII without the flag for UTF-8';
}

function sizeRule(entry: DirectoryEntry, folder: boolean): string | undefined {
  if (entry.method === 0 && entry.compressedBytes !== entry.sizeBytes) return 'is stored but has two sizes';
  if (folder && entry.sizeBytes !== 0) return 'is a folder with content';
  const bomb = entry.sizeBytes > limits.ratioFrom && entry.sizeBytes > limits.ratio * entry.compressedBytes;
  return bomb ? `unpacks to more than ${limits.ratio} times its size` : undefined;
}

function strictRule(entry: DirectoryEntry): string | undefined {
  if (entry.name.endsWith('/')) return 'is a folder';
  const name = strictNameProblem(entry.name);
  if (name !== undefined) return name;
  if (entry.flags !== 0 && entry.flags !== flags.descriptor) return `has flags ${entry.flags}`;
  if (entry.extraBytes !== 0) return 'has an extra field';
  if (entry.madeBy !== written.madeBy) return `was made by ${entry.madeBy}, not ${written.madeBy}`;
  if (entry.versionNeeded !== (entry.flags === 0 && entry.method === 0 ? 10 : 20)) return `needs version ${entry.versionNeeded}`;
  if (entry.internalAttributes !== 0 || entry.externalAttributes !== written.externalAttributes)
    return 'has other attributes than mode 0644';
  if (entry.dosTime !== written.dosTime || entry.dosDate !== written.dosDate) return 'has another date than 1980-01-01';
  return undefined;
}
