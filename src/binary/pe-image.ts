// Opens a PE file: its headers, sections and directories, and where an address of the loaded image lies in the file.
import type { BinarySection } from './binary.ts';
import { type ByteReader, MalformedBinary } from './byte-reader.ts';

const codeFlag = 0x20000000;
const permission = { execute: 0x20000000, write: 0x80000000 } as const;

/** One entry of the section table. */
export interface PeSection extends BinarySection {
  readonly address: number;
  readonly span: number;
  readonly isWritableCode: boolean;
}

/** A table that the optional header points to. */
interface Directory {
  readonly address: number;
  readonly size: number;
}

/** A PE file under reading. */
export interface PeImage {
  readonly reader: ByteReader;
  readonly bits: 32 | 64;
  readonly machine: number;
  /** Flags of the COFF header. */
  readonly flags: number;
  /** DllCharacteristics of the optional header. */
  readonly characteristics: number;
  /** Such as `6.0`. */
  readonly subsystemVersion: string;
  readonly sections: readonly PeSection[];
  directory(index: number): Directory;
  offsetOf(address: number, what: string): number;
}

/** The directories that are read, by their number. */
export const directory = { exports: 0, imports: 1, debug: 6, loadConfig: 10, delayedImports: 13 } as const;

/** Reads the headers. */
export function openPe(reader: ByteReader): PeImage {
  const start = reader.bytes(0, 64, 'DOS header').readUInt32LE(60);
  const coff = reader.bytes(start, 24, 'PE header');
  if (coff.readUInt32LE(0) !== 0x4550) throw new MalformedBinary('it is a DOS program without a PE header');
  const optionalBytes = coff.readUInt16LE(20);
  const optional = reader.bytes(start + 24, optionalBytes, 'optional header');
  const bits = { 267: 32 as const, 523: 64 as const }[optional.readUInt16LE(0)];
  if (bits === undefined) throw new MalformedBinary('its optional header names neither 32 nor 64 bits');
  const sections = readSections(reader, coff, start + 24 + optionalBytes);
  const directories = bits === 64 ? 112 : 96;
  const count = optional.readUInt32LE(directories - 4);
  return {
    reader,
    bits,
    machine: coff.readUInt16LE(4),
    flags: coff.readUInt16LE(22),
    characteristics: optional.readUInt16LE(70),
    subsystemVersion: `${optional.readUInt16LE(48)}.${optional.readUInt16LE(50)}`,
    sections,
    directory(index) {
      if (index >= count || directories + index * 8 + 8 > optionalBytes) return { address: 0, size: 0 };
      return { address: optional.readUInt32LE(directories + index * 8), size: optional.readUInt32LE(directories + index * 8 + 4) };
    },
    offsetOf(address, what) {
      const found = sections.find((part) => address >= part.address && address < part.address + part.bytes);
      if (found === undefined) throw new MalformedBinary(`its ${what} lies in no section`);
      return address - found.address + found.offset;
    },
  };
}

function readSections(reader: ByteReader, coff: Buffer, at: number): PeSection[] {
  const table = reader.bytes(at, coff.readUInt16LE(6) * 40, 'section table');
  const longNames = coff.readUInt32LE(12) === 0 ? 0 : coff.readUInt32LE(12) + coff.readUInt32LE(16) * 18;
  const sections = Array.from({ length: table.length / 40 }, (_, index) =>
    readSection(reader, table.subarray(index * 40, index * 40 + 40), longNames),
  );
  for (const { offset, bytes } of sections)
    if (offset + bytes > reader.size)
      throw new MalformedBinary(`it is truncated: a section ends at byte ${offset + bytes}, the file has ${reader.size}`);
  return sections;
}

function readSection(reader: ByteReader, record: Buffer, longNames: number): PeSection {
  const flags = record.readUInt32LE(36);
  const short = record.toString('latin1', 0, 8).replace(/\0.*$/s, '');
  const place = /^\/(\d+)$/.exec(short)?.[1];
  const has = (bit: number) => (flags & bit) !== 0;
  return {
    name: place === undefined || longNames === 0 ? short : reader.text(longNames + Number(place), 'section names'),
    offset: record.readUInt32LE(20),
    bytes: record.readUInt32LE(16),
    address: record.readUInt32LE(12),
    span: record.readUInt32LE(8),
    isCode: has(codeFlag),
    isCompressed: false,
    isWritableCode: has(permission.execute) && has(permission.write),
  };
}
