// Opens an ELF file: its segments, sections and dynamic entries, and where an address of the loaded image lies in the file.
import type { BinarySection } from './binary.ts';
import { type ByteReader, MalformedBinary } from './byte-reader.ts';
import { type ElfLayout, elfLayout, field } from './elf-layout.ts';

/** One entry of the segment table. */
export interface ElfSegment {
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly address: number;
  readonly fileBytes: number;
}

/** One entry of the section table. */
export interface ElfSection extends BinarySection {
  readonly type: number;
}

/** An ELF file under reading: translates addresses of the loaded image to offsets in the file. */
export interface ElfImage {
  readonly reader: ByteReader;
  readonly layout: ElfLayout;
  readonly header: Buffer;
  readonly segments: readonly ElfSegment[];
  readonly sections: readonly ElfSection[];
  readonly dynamic: readonly { readonly tag: number; readonly value: number }[];
  /** The table of names that dynamic entries and symbols use. */
  readonly names: Buffer;
  /** The first dynamic entry of that kind. */
  entry(tag: number): number | undefined;
  offsetOf(address: number, what: string): number;
}

/** Types of segments that are read. */
export const segmentType = { load: 1, dynamic: 2, note: 4, stack: 0x6474e551, relro: 0x6474e552 } as const;

/** Tags of dynamic entries that are read. */
export const tag = {
  ...{ needed: 1, hash: 4, strtab: 5, symtab: 6, rela: 7, relaSize: 8, strsz: 10, rpath: 15, symbolic: 16, rel: 17, relSize: 18 },
  ...{ pltSize: 2, pltKind: 20, textRelocations: 22, plt: 23, bindNow: 24, runpath: 29, flags: 30 },
  ...{ gnuHash: 0x6ffffef5, versym: 0x6ffffff0, flags1: 0x6ffffffb, verneed: 0x6ffffffe, verneedCount: 0x6fffffff },
} as const;

/** Reads header, segments, sections and dynamic entries. */
export function openElf(reader: ByteReader): ElfImage {
  const layout = elfLayout(reader.bytes(0, 16, 'ELF header'));
  const header = reader.bytes(0, layout.headerBytes, 'ELF header');
  const segments = readSegments(reader, layout, header);
  const offsetOf = (address: number, what: string) => {
    const found = segments.find((part) => part.type === 1 && address >= part.address && address < part.address + part.fileBytes);
    if (found === undefined) throw new MalformedBinary(`its ${what} lies in no loaded segment`);
    return address - found.address + found.offset;
  };
  const dynamic = segments.filter(({ type }) => type === segmentType.dynamic).flatMap((part) => readDynamic(reader, layout, part));
  const entry = (wanted: number) => dynamic.find((one) => one.tag === wanted)?.value;
  const [at, size] = [entry(tag.strtab), entry(tag.strsz)];
  const names =
    at === undefined || size === undefined
      ? Buffer.alloc(0)
      : reader.bytes(offsetOf(at, 'dynamic string table'), size, 'dynamic string table');
  const sections = readSections(reader, layout, header);
  return { reader, layout, header, segments, sections, dynamic, names, entry, offsetOf };
}

function readSegments(reader: ByteReader, layout: ElfLayout, header: Buffer): ElfSegment[] {
  const at = layout.segment;
  const count = header.readUInt16LE(layout.header.segmentCount);
  const table = reader.bytes(field(header, layout.header.segmentOffset), count * at.bytes, 'segment table');
  const segments = Array.from({ length: count }, (_, index) => {
    const start = index * at.bytes;
    return {
      type: table.readUInt32LE(start),
      flags: table.readUInt32LE(start + at.flags),
      offset: field(table, at.offset, start),
      address: field(table, at.address, start),
      fileBytes: field(table, at.fileBytes, start),
    };
  });
  for (const part of segments)
    if (part.type === segmentType.load && part.offset + part.fileBytes > reader.size)
      throw new MalformedBinary(`it is truncated: a segment ends at byte ${part.offset + part.fileBytes}, the file has ${reader.size}`);
  return segments;
}

const executable = 4;
const compressed = 0x800;
const withoutBytes = 8;

function readSections(reader: ByteReader, layout: ElfLayout, header: Buffer): ElfSection[] {
  const at = layout.section;
  const offset = field(header, layout.header.sectionOffset);
  const count = header.readUInt16LE(layout.header.sectionCount);
  if (offset === 0 || count === 0) return [];
  const table = reader.bytes(offset, count * at.bytes, 'section table');
  const place = (index: number) => ({
    offset: field(table, at.offset, index * at.bytes),
    bytes: field(table, at.size, index * at.bytes),
  });
  const namesAt = header.readUInt16LE(layout.header.sectionCount + 2);
  const { offset: start, bytes } = namesAt < count ? place(namesAt) : { offset: 0, bytes: 0 };
  const names = reader.bytes(start, bytes, 'section names');
  const all = Array.from({ length: count }, (_, index) => {
    const record = index * at.bytes;
    const type = table.readUInt32LE(record + 4);
    const flags = table.readUInt32LE(record + at.flags);
    const name = names.length === 0 ? '' : reader.name(names, table.readUInt32LE(record), 'sections');
    const where = type === withoutBytes ? { offset: 0, bytes: 0 } : place(index);
    return { name, type, ...where, isCode: (flags & executable) !== 0, isCompressed: (flags & compressed) !== 0 };
  });
  return all.filter(({ type }) => type !== 0);
}

function readDynamic(reader: ByteReader, layout: ElfLayout, part: ElfSegment): { tag: number; value: number }[] {
  const { bytes, tag: kind, value } = layout.dynamic;
  const table = reader.bytes(part.offset, part.fileBytes, 'dynamic segment');
  const entries: { tag: number; value: number }[] = [];
  for (let start = 0; start + bytes <= table.length; start += bytes) {
    const entry = { tag: field(table, kind, start), value: field(table, value, start) };
    if (entry.tag === 0) break;
    entries.push(entry);
  }
  return entries;
}
