// Opens an ELF file: its segments, its dynamic entries, and where an address of the loaded image lies in the file.
import { type ByteReader, MalformedBinary } from './byte-reader.ts';
import { type ElfLayout, elfLayout, field } from './elf-layout.ts';

/** One mapped part of the file. */
interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly fileBytes: number;
}

/** An ELF file under reading: translates addresses of the loaded image to offsets in the file. */
export interface ElfImage {
  readonly reader: ByteReader;
  readonly layout: ElfLayout;
  readonly header: Buffer;
  readonly dynamic: readonly { readonly tag: number; readonly value: number }[];
  offsetOf(address: number, what: string): number;
}

/** Reads header, segments and dynamic entries. */
export function openElf(reader: ByteReader): ElfImage {
  const layout = elfLayout(reader.bytes(0, 16, 'ELF header'));
  const header = reader.bytes(0, layout.headerBytes, 'ELF header');
  const segments = readSegments(reader, layout, header);
  const offsetOf = (address: number, what: string) => {
    const found = segments.find((part) => part.type === 1 && address >= part.address && address < part.address + part.fileBytes);
    if (found === undefined) throw new MalformedBinary(`its ${what} lies in no loaded segment`);
    return address - found.address + found.offset;
  };
  const dynamic = segments.filter(({ type }) => type === 2).flatMap((part) => readDynamic(reader, layout, part));
  return { reader, layout, header, dynamic, offsetOf };
}

function readSegments(reader: ByteReader, layout: ElfLayout, header: Buffer): Segment[] {
  const at = layout.segment;
  const count = header.readUInt16LE(layout.header.segmentCount);
  const table = reader.bytes(field(header, layout.header.segmentOffset), count * at.bytes, 'segment table');
  const segments = Array.from({ length: count }, (_, index) => {
    const part = table.subarray(index * at.bytes, (index + 1) * at.bytes);
    return {
      type: part.readUInt32LE(0),
      offset: field(part, at.offset),
      address: field(part, at.address),
      fileBytes: field(part, at.fileBytes),
    };
  });
  for (const part of segments)
    if (part.type === 1 && part.offset + part.fileBytes > reader.size)
      throw new MalformedBinary(`it is truncated: a segment ends at byte ${part.offset + part.fileBytes}, the file has ${reader.size}`);
  return segments;
}

function readDynamic(reader: ByteReader, layout: ElfLayout, part: Segment): { tag: number; value: number }[] {
  const { bytes } = layout.dynamic;
  const table = reader.bytes(part.offset, part.fileBytes, 'dynamic segment');
  const entries = Array.from({ length: Math.floor(table.length / bytes) }, (_, index) => ({
    tag: field(table, { ...layout.dynamic.tag, at: index * bytes }),
    value: field(table, { ...layout.dynamic.value, at: index * bytes + layout.dynamic.value.at }),
  }));
  const end = entries.findIndex((entry) => entry.tag === 0);
  return end < 0 ? entries : entries.slice(0, end);
}
