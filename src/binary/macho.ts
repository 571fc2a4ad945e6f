// Reads Mach-O: load commands and the external symbols of a dylib, universal files included.
import type { Binary, ExportedSymbol, Machine } from './binary.ts';
import { type ByteReader, MalformedBinary, textAt } from './byte-reader.ts';
import { platformsOf } from './platforms-of.ts';

const machines: Readonly<Record<number, Machine>> = { 7: 'x86', 12: 'arm', 16777223: 'x64', 16777228: 'arm64' };
const types: Readonly<Record<number, Binary['type']>> = { 1: 'object', 2: 'executable', 6: 'library', 8: 'library' };
const command = { symbols: 0x2, segment32: 0x1, segment64: 0x19, rpath: 0x8000001c } as const;
const libraryCommands = [0xc, 0x80000018, 0x8000001f, 0x80000023];
const pureInstructions = 0x80000000;
const someInstructions = 0x400;

/** Reads a Mach-O file; of a universal one the tables of the first processor, and the machines of all. */
export function readMachO(reader: ByteReader): Binary {
  const start = reader.bytes(0, 8, 'Mach-O header');
  if (start.readUInt32BE(0) !== 0xcafebabe) return readThin(reader);
  const table = reader.bytes(8, start.readUInt32BE(4) * 20, 'table of processors');
  const parts = Array.from({ length: table.length / 20 }, (_, index) =>
    readThin(reader.slice(table.readUInt32BE(index * 20 + 8), table.readUInt32BE(index * 20 + 12), 'part of a universal file')),
  );
  const [first] = parts;
  if (first === undefined) throw new MalformedBinary('it is a universal file for no processor');
  return { ...first, platforms: parts.flatMap(({ platforms }) => platforms) };
}

function readThin(reader: ByteReader): Binary {
  const start = reader.bytes(0, 28, 'Mach-O header');
  const bits = { 3489328638: 64 as const, 3472551422: 32 as const }[start.readUInt32BE(0)];
  if (bits === undefined) throw new MalformedBinary('a part of it is no Mach-O file for a little-endian machine');
  const commands = readCommands(reader, start, bits === 64 ? 32 : 28);
  const machine = machines[start.readUInt32LE(4)] ?? 'other';
  const named = (kinds: readonly number[]) =>
    commands
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ record }) => textAt(padded(record), record.readUInt32LE(8), 'load commands'));
  return {
    format: 'macho',
    machine,
    bits,
    os: 'darwin',
    type: types[start.readUInt32LE(12)] ?? 'other',
    platforms: platformsOf('darwin', bits, [machine]),
    ...readSymbols(reader, commands, bits),
    needed: named(libraryCommands),
    runpath: named([command.rpath]),
  };
}

/** A load command's text may fill it to the last byte. */
function padded(record: Buffer): Buffer {
  return Buffer.concat([record, Buffer.alloc(1)]);
}

interface LoadCommand {
  readonly kind: number;
  readonly record: Buffer;
}

function readCommands(reader: ByteReader, start: Buffer, offset: number): LoadCommand[] {
  const table = reader.bytes(offset, start.readUInt32LE(20), 'load commands');
  const commands: LoadCommand[] = [];
  for (let at = 0, left = start.readUInt32LE(16); left > 0; left--) {
    const size = table.readUInt32LE(at + 4);
    if (size < 8 || at + size > table.length) throw new MalformedBinary('a load command is larger than their table');
    commands.push({ kind: table.readUInt32LE(at), record: table.subarray(at, at + size) });
    at += size;
  }
  return commands;
}

/** For each section, in order, whether it holds code; symbols name sections by number from 1. */
function codeSections(reader: ByteReader, commands: readonly LoadCommand[]): boolean[] {
  return commands.flatMap(({ kind, record }) => {
    if (kind !== command.segment64 && kind !== command.segment32) return [];
    const wide = kind === command.segment64;
    const [head, bytes, flagsAt, countAt, offsetAt] = wide ? [72, 80, 64, 64, 40] : [56, 68, 56, 48, 32];
    const end = wide
      ? Number(record.readBigUInt64LE(offsetAt) + record.readBigUInt64LE(48))
      : record.readUInt32LE(offsetAt) + record.readUInt32LE(36);
    if (end > reader.size) throw new MalformedBinary(`it is truncated: a segment ends at byte ${end}, the file has ${reader.size}`);
    const count = Math.min(record.readUInt32LE(countAt), Math.floor((record.length - head) / bytes));
    return Array.from(
      { length: count },
      (_, index) => (record.readUInt32LE(head + index * bytes + flagsAt) & (pureInstructions | someInstructions)) !== 0,
    );
  });
}

function readSymbols(reader: ByteReader, commands: readonly LoadCommand[], bits: 32 | 64): Pick<Binary, 'exports' | 'imports'> {
  const table = commands.find(({ kind }) => kind === command.symbols)?.record;
  const code = codeSections(reader, commands);
  const exports: ExportedSymbol[] = [];
  const imports: string[] = [];
  if (table === undefined) return { exports, imports };
  const bytes = bits === 64 ? 16 : 12;
  const symbols = reader.bytes(table.readUInt32LE(8), table.readUInt32LE(12) * bytes, 'symbol table');
  const names = reader.bytes(table.readUInt32LE(16), table.readUInt32LE(20), 'symbol names');
  for (let at = 0; at < symbols.length; at += bytes) {
    const type = symbols.readUInt8(at + 4);
    const external = (type & 1) !== 0 && (type & 0xe0) === 0 && (type & 0x10) === 0;
    if (!external) continue;
    const name = textAt(names, symbols.readUInt32LE(at), 'symbol names').replace(/^_/, '');
    if ((type & 0x0e) === 0) imports.push(name);
    else exports.push({ name, kind: code[symbols.readUInt8(at + 5) - 1] === true ? 'function' : 'data' });
  }
  return { exports, imports };
}
