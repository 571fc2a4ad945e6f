// Opens a Mach-O file: its header, load commands and sections; of a universal one the part for one processor.
import type { BinarySection, Machine } from './binary.ts';
import { type ByteReader, MalformedBinary } from './byte-reader.ts';

const machines: Readonly<Record<number, Machine>> = { 7: 'x86', 12: 'arm', 16777223: 'x64', 16777228: 'arm64' };
const segmentKind = { narrow: 0x1, wide: 0x19 } as const;
const instructions = 0x80000400;
const maxCommands = 65536;

/** One load command. */
export interface LoadCommand {
  readonly kind: number;
  readonly record: Buffer;
}

/** A Mach-O file under reading, for one processor. */
export interface MachOImage {
  readonly reader: ByteReader;
  readonly bits: 32 | 64;
  readonly machine: Machine;
  readonly type: number;
  readonly flags: number;
  readonly commands: readonly LoadCommand[];
  /** In the order by which symbols number them, from 1. */
  readonly sections: readonly BinarySection[];
  /** Segments that are writable and executable at once. */
  readonly writableCode: readonly string[];
}

/** The parts of a universal file, each with its processor; of a thin file, itself. */
export function machOParts(reader: ByteReader): { machine: Machine; part: ByteReader }[] {
  const start = reader.bytes(0, 8, 'Mach-O header');
  const magic = start.readUInt32BE(0);
  if (magic !== 0xcafebabe && magic !== 0xcafebabf)
    return [{ machine: machineOf(reader.bytes(4, 4, 'Mach-O header').readUInt32LE(0)), part: reader }];
  const isWide = magic === 0xcafebabf;
  const bytes = isWide ? 32 : 20;
  const table = reader.bytes(8, start.readUInt32BE(4) * bytes, 'table of processors');
  const number = (at: number) => (isWide ? Number(table.readBigUInt64BE(at)) : table.readUInt32BE(at));
  const parts = Array.from({ length: table.length / bytes }, (_, index) => {
    const at = index * bytes;
    return {
      machine: machineOf(table.readUInt32BE(at)),
      part: reader.slice(number(at + 8), number(at + (isWide ? 16 : 12)), 'part of a universal file'),
    };
  });
  if (parts.length === 0) throw new MalformedBinary('it is a universal file for no processor');
  return parts;
}

function machineOf(processor: number): Machine {
  return machines[processor] ?? 'other';
}

/** Reads the header and load commands of a thin file. */
export function openMachO(reader: ByteReader): MachOImage {
  const start = reader.bytes(0, 28, 'Mach-O header');
  const bits = { 3489328638: 64 as const, 3472551422: 32 as const }[start.readUInt32BE(0)];
  if (bits === undefined) throw new MalformedBinary('a part of it is no Mach-O file for a little-endian machine');
  const commands = readCommands(reader, start, bits === 64 ? 32 : 28);
  const segments = commands.filter(({ kind }) => kind === segmentKind.narrow || kind === segmentKind.wide);
  const read = segments.map((command) => readSegment(reader, command));
  return {
    reader,
    bits,
    machine: machineOf(start.readUInt32LE(4)),
    type: start.readUInt32LE(12),
    flags: start.readUInt32LE(24),
    commands,
    sections: read.flatMap(({ sections }) => sections),
    writableCode: read.filter(({ isWritableCode }) => isWritableCode).map(({ name }) => `the segment ${name}`),
  };
}

function readCommands(reader: ByteReader, start: Buffer, offset: number): LoadCommand[] {
  const table = reader.bytes(offset, start.readUInt32LE(20), 'load commands');
  const count = start.readUInt32LE(16);
  if (count > maxCommands) throw new MalformedBinary(`it claims ${count} load commands, more than any library has`);
  const commands: LoadCommand[] = [];
  for (let at = 0; commands.length < count; ) {
    const size = table.readUInt32LE(at + 4);
    if (size < 8 || at + size > table.length) throw new MalformedBinary('a load command is larger than their table');
    commands.push({ kind: table.readUInt32LE(at), record: table.subarray(at, at + size) });
    at += size;
  }
  return commands;
}

/** Where a segment command and its sections have their fields, by width. */
const wide = { head: 72, count: 64, protection: 60, bytes: 80, size: 40, offset: 48, flags: 64 } as const;
const narrow = { head: 56, count: 48, protection: 44, bytes: 68, size: 36, offset: 40, flags: 56 } as const;

function readSegment(reader: ByteReader, { kind, record }: LoadCommand) {
  const isWide = kind === segmentKind.wide;
  const at = isWide ? wide : narrow;
  const end = isWide ? Number(record.readBigUInt64LE(40) + record.readBigUInt64LE(48)) : record.readUInt32LE(32) + record.readUInt32LE(36);
  if (end > reader.size) throw new MalformedBinary(`it is truncated: a segment ends at byte ${end}, the file has ${reader.size}`);
  const count = Math.min(record.readUInt32LE(at.count), Math.floor((record.length - at.head) / at.bytes));
  const sections = Array.from({ length: count }, (_, index): BinarySection => {
    const section = record.subarray(at.head + index * at.bytes, at.head + (index + 1) * at.bytes);
    const hasBytes = section.readUInt32LE(at.offset) !== 0;
    return {
      name: paddedName(section, 0),
      offset: reader.base + section.readUInt32LE(at.offset),
      bytes: !hasBytes ? 0 : isWide ? Number(section.readBigUInt64LE(at.size)) : section.readUInt32LE(at.size),
      isCode: (section.readUInt32LE(at.flags) & instructions) !== 0,
      isCompressed: false,
    };
  });
  const protection = record.readUInt32LE(at.protection);
  return { sections, name: paddedName(record, 8), isWritableCode: (protection & 6) === 6 };
}

/** A name in 16 bytes that need not end with a NUL. */
function paddedName(record: Buffer, at: number): string {
  return record.toString('latin1', at, at + 16).replace(/\0.*$/s, '');
}
