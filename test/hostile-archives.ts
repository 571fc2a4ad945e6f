// Archives that no reader may take: each is a good package with one thing wrong.
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
  localExtra?: Buffer;
  localName?: string;
  localCrc?: number;
  offset?: number;
  descriptor?: Buffer;
  localSignature?: number;
}

/** An archive as it is written. */
export interface RawArchive {
  entries: RawEntry[];
  before?: Buffer;
  gap?: Buffer;
  betweenDirectoryAndEnd?: Buffer;
  after?: Buffer;
  comment?: string;
  count?: number;
  diskCount?: number;
  disk?: number;
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
  for (const [index, entry] of archive.entries.entries()) {
    const data = entry.method === 8 && entry.compressedBytes === undefined ? deflateRawSync(entry.data) : entry.data;
    const bytes = Buffer.concat([localHeader(entry, data), data, entry.descriptor ?? Buffer.alloc(0)]);
    directory.push(directoryEntry(entry, data, entry.offset ?? at));
    const gap = index === 0 ? (archive.gap ?? Buffer.alloc(0)) : Buffer.alloc(0);
    parts.push(bytes, gap);
    at += bytes.length + gap.length;
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
  const name = entry.localName === undefined ? (entry.nameBytes ?? Buffer.from(entry.name)) : Buffer.from(entry.localName);
  const extra = entry.localExtra ?? Buffer.alloc(0);
  const bytes = common(entry, data, entry.descriptor !== undefined);
  if (entry.localCrc !== undefined) bytes.writeUInt32LE(entry.localCrc, 10);
  bytes.writeUInt16LE(name.length, 22);
  bytes.writeUInt16LE(extra.length, 24);
  const signature = Buffer.alloc(4);
  signature.writeUInt32LE(entry.localSignature ?? 0x04034b50);
  return Buffer.concat([signature, bytes, name, extra]);
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
  bytes.writeUInt16LE(archive.diskCount ?? archive.count ?? count, 8);
  bytes.writeUInt16LE(archive.count ?? count, 10);
  bytes.writeUInt32LE(archive.directoryBytes ?? directoryBytes, 12);
  bytes.writeUInt32LE(archive.directoryOffset ?? offset, 16);
  bytes.writeUInt16LE(comment.length, 20);
  return Buffer.concat([bytes, comment]);
}
