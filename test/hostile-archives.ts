// Writes archives byte by byte, right or wrong: what tests of the reader are made of.
import { crc32, deflateRawSync } from 'node:zlib';

/** An entry as it is written, whatever the rules say; fields default to what the kit writes. */
export interface RawEntry {
  name: string;
  data: Buffer;
  nameBytes?: Buffer;
  method?: number;
  flags?: number;
  versionNeeded?: number;
  madeBy?: number;
  time?: number;
  date?: number;
  crc?: number;
  compressedBytes?: number;
  sizeBytes?: number;
  externalAttributes?: number;
  internalAttributes?: number;
  disk?: number;
  comment?: string;
  extra?: Buffer;
  offset?: number;
  descriptor?: Buffer;
  /** What the local header says in place of what the directory says. */
  local?: LocalHeader;
  /** It lies in the archive, but the directory does not list it. */
  hidden?: boolean;
  /** Bytes behind it that belong to no entry. */
  after?: Buffer;
}

/** Fields of a local header. */
export interface LocalHeader {
  signature?: number;
  versionNeeded?: number;
  flags?: number;
  method?: number;
  time?: number;
  date?: number;
  crc?: number;
  compressedBytes?: number;
  sizeBytes?: number;
  nameLength?: number;
  name?: string;
  extra?: Buffer;
}

/** An archive as it is written. */
export interface RawArchive {
  entries: RawEntry[];
  before?: Buffer;
  betweenDirectoryAndEnd?: Buffer;
  after?: Buffer;
  comment?: string;
  count?: number;
  diskCount?: number;
  disk?: number;
  directoryDisk?: number;
  commentLength?: number;
  directoryOffset?: number;
  directoryBytes?: number;
  directoryOrder?: number[];
}

/** A small package with a signature, in the strict profile. */
export function goodArchive(): RawArchive {
  return {
    entries: [
      { name: 'signature.json', data: Buffer.from('{}') },
      { name: 'manifest.json', data: Buffer.from('{"a": 1}') },
      { name: 'config/a.json', data: Buffer.from('[]') },
      { name: 'models/m.onnx', data: Buffer.from('weights') },
    ],
  };
}

/** Writes the bytes of an archive. */
export function archiveBytes(archive: RawArchive): Buffer {
  const parts: Buffer[] = [archive.before ?? Buffer.alloc(0)];
  const directory: Buffer[] = [];
  let at = parts[0]?.length ?? 0;
  for (const entry of archive.entries) {
    const data = entry.method === 8 && entry.compressedBytes === undefined ? deflateRawSync(entry.data) : entry.data;
    const bytes = Buffer.concat([localHeader(entry, data), data, entry.descriptor ?? Buffer.alloc(0)]);
    if (!entry.hidden) directory.push(directoryEntry(entry, data, entry.offset ?? at));
    const after = entry.after ?? Buffer.alloc(0);
    parts.push(bytes, after);
    at += bytes.length + after.length;
  }
  const listed = (archive.directoryOrder ?? directory.map((_, index) => index)).map((index) => directory[index] ?? Buffer.alloc(0));
  const lines = Buffer.concat(listed);
  return Buffer.concat([
    ...parts,
    lines,
    archive.betweenDirectoryAndEnd ?? Buffer.alloc(0),
    endRecord(archive, listed.length, lines.length, at),
    archive.after ?? Buffer.alloc(0),
  ]);
}

/** A descriptor as the strict profile wants it. */
export function descriptor(data: Buffer, change: (bytes: Buffer) => void = () => {}): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32LE(0x08074b50, 0);
  bytes.writeUInt32LE(crc32(data), 4);
  bytes.writeUInt32LE(data.length, 8);
  bytes.writeUInt32LE(data.length, 12);
  change(bytes);
  return bytes;
}

function common(entry: RawEntry, data: Buffer, later: boolean): Buffer {
  const bytes = Buffer.alloc(26);
  const flags = entry.flags ?? 0;
  bytes.writeUInt16LE(entry.versionNeeded ?? (flags === 0 && (entry.method ?? 0) === 0 ? 10 : 20), 0);
  bytes.writeUInt16LE(flags, 2);
  bytes.writeUInt16LE(entry.method ?? 0, 4);
  bytes.writeUInt16LE(entry.time ?? 0, 6);
  bytes.writeUInt16LE(entry.date ?? 0x21, 8);
  if (later) return bytes;
  bytes.writeUInt32LE(entry.crc ?? crc32(entry.data), 10);
  bytes.writeUInt32LE(entry.compressedBytes ?? data.length, 14);
  bytes.writeUInt32LE(entry.sizeBytes ?? entry.data.length, 18);
  return bytes;
}

function localHeader(entry: RawEntry, data: Buffer): Buffer {
  const { local = {} } = entry;
  const name = local.name === undefined ? (entry.nameBytes ?? Buffer.from(entry.name)) : Buffer.from(local.name);
  const extra = local.extra ?? Buffer.alloc(0);
  const bytes = Buffer.alloc(30);
  bytes.writeUInt32LE(local.signature ?? 0x04034b50);
  common(entry, data, entry.descriptor !== undefined).copy(bytes, 4);
  for (const [field, at] of [
    ['versionNeeded', 4],
    ['flags', 6],
    ['method', 8],
    ['time', 10],
    ['date', 12],
  ] as const) {
    bytes.writeUInt16LE(local[field] ?? bytes.readUInt16LE(at), at);
  }
  for (const [field, at] of [
    ['crc', 14],
    ['compressedBytes', 18],
    ['sizeBytes', 22],
  ] as const) {
    bytes.writeUInt32LE(local[field] ?? bytes.readUInt32LE(at), at);
  }
  bytes.writeUInt16LE(local.nameLength ?? name.length, 26);
  bytes.writeUInt16LE(extra.length, 28);
  return Buffer.concat([bytes, name, extra]);
}

function directoryEntry(entry: RawEntry, data: Buffer, offset: number): Buffer {
  const name = entry.nameBytes ?? Buffer.from(entry.name);
  const extra = entry.extra ?? Buffer.alloc(0);
  const comment = Buffer.from(entry.comment ?? '');
  const head = Buffer.alloc(6);
  head.writeUInt32LE(0x02014b50);
  head.writeUInt16LE(entry.madeBy ?? (3 << 8) | 45, 4);
  const bytes = common(entry, data, false);
  bytes.writeUInt16LE(name.length, 22);
  bytes.writeUInt16LE(extra.length, 24);
  const tail = Buffer.alloc(14);
  tail.writeUInt16LE(comment.length, 0);
  tail.writeUInt16LE(entry.disk ?? 0, 2);
  tail.writeUInt16LE(entry.internalAttributes ?? 0, 4);
  tail.writeUInt32LE(entry.externalAttributes ?? 0x81a40020, 6);
  tail.writeUInt32LE(offset, 10);
  return Buffer.concat([head, bytes, tail, name, extra, comment]);
}

function endRecord(archive: RawArchive, count: number, directoryBytes: number, offset: number): Buffer {
  const comment = Buffer.from(archive.comment ?? '');
  const bytes = Buffer.alloc(22);
  bytes.writeUInt32LE(0x06054b50);
  bytes.writeUInt16LE(archive.disk ?? 0, 4);
  bytes.writeUInt16LE(archive.directoryDisk ?? 0, 6);
  bytes.writeUInt16LE(archive.diskCount ?? archive.count ?? count, 8);
  bytes.writeUInt16LE(archive.count ?? count, 10);
  bytes.writeUInt32LE(archive.directoryBytes ?? directoryBytes, 12);
  bytes.writeUInt32LE(archive.directoryOffset ?? offset, 16);
  bytes.writeUInt16LE(archive.commentLength ?? comment.length, 20);
  return Buffer.concat([bytes, comment]);
}
