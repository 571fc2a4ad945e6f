// Reads PE: the export and import directories of a DLL.
import type { Binary, ExportedSymbol, Machine } from './binary.ts';
import { type ByteReader, MalformedBinary, u64 } from './byte-reader.ts';
import { platformsOf } from './platforms-of.ts';

const machines: Readonly<Record<number, Machine>> = { 332: 'x86', 448: 'arm', 452: 'arm', 34404: 'x64', 43620: 'arm64', 20580: 'riscv64' };
const flag = { executable: 0x0002, library: 0x2000, code: 0x20000000 } as const;
const maxDescriptors = 4096;
const maxThunks = 65536;

interface Section {
  readonly address: number;
  readonly span: number;
  readonly fileBytes: number;
  readonly offset: number;
  readonly code: boolean;
}

interface Directory {
  readonly address: number;
  readonly size: number;
}

/** A PE file under reading. */
interface PeImage {
  readonly reader: ByteReader;
  readonly bits: 32 | 64;
  readonly sections: readonly Section[];
  directory(index: number): Directory;
  offsetOf(address: number, what: string): number;
}

/** Reads a PE file of either width. */
export function readPe(reader: ByteReader): Binary {
  const start = reader.bytes(0, 64, 'DOS header').readUInt32LE(60);
  const coff = reader.bytes(start, 24, 'PE header');
  if (coff.readUInt32LE(0) !== 0x4550) throw new MalformedBinary('it is a DOS program without a PE header');
  const image = openImage(reader, start, coff);
  const machine = machines[coff.readUInt16LE(4)] ?? 'other';
  const flags = coff.readUInt16LE(22);
  const runnable = (flags & flag.executable) !== 0;
  const imported = readImports(image);
  return {
    format: 'pe',
    machine,
    bits: image.bits,
    os: 'win32',
    type: (flags & flag.library) !== 0 ? 'library' : runnable ? 'executable' : 'object',
    platforms: platformsOf('win32', image.bits, [machine]),
    exports: readExports(image),
    imports: imported.flatMap(({ names }) => names),
    needed: imported.map(({ library }) => library),
    runpath: [],
  };
}

function openImage(reader: ByteReader, start: number, coff: Buffer): PeImage {
  const optionalBytes = coff.readUInt16LE(20);
  const optional = reader.bytes(start + 24, optionalBytes, 'optional header');
  const bits = { 267: 32 as const, 523: 64 as const }[optional.readUInt16LE(0)];
  if (bits === undefined) throw new MalformedBinary('its optional header names neither 32 nor 64 bits');
  const table = reader.bytes(start + 24 + optionalBytes, coff.readUInt16LE(6) * 40, 'section table');
  const sections = Array.from({ length: table.length / 40 }, (_, index) => readSection(table.subarray(index * 40)));
  for (const { offset, fileBytes } of sections)
    if (offset + fileBytes > reader.size)
      throw new MalformedBinary(`it is truncated: a section ends at byte ${offset + fileBytes}, the file has ${reader.size}`);
  const directories = bits === 64 ? 112 : 96;
  const count = optional.readUInt32LE(directories - 4);
  return {
    reader,
    bits,
    sections,
    directory(index) {
      if (index >= count) return { address: 0, size: 0 };
      return { address: optional.readUInt32LE(directories + index * 8), size: optional.readUInt32LE(directories + index * 8 + 4) };
    },
    offsetOf(address, what) {
      const found = sections.find((part) => address >= part.address && address < part.address + part.fileBytes);
      if (found === undefined) throw new MalformedBinary(`its ${what} lies in no section`);
      return address - found.address + found.offset;
    },
  };
}

function readSection(record: Buffer): Section {
  return {
    address: record.readUInt32LE(12),
    span: record.readUInt32LE(8),
    fileBytes: record.readUInt32LE(16),
    offset: record.readUInt32LE(20),
    code: (record.readUInt32LE(36) & flag.code) !== 0,
  };
}

function readExports(image: PeImage): ExportedSymbol[] {
  const { address, size } = image.directory(0);
  if (address === 0) return [];
  const head = image.reader.bytes(image.offsetOf(address, 'export directory'), 40, 'export directory');
  const table = (at: number, count: number, width: number) =>
    count === 0
      ? Buffer.alloc(0)
      : image.reader.bytes(image.offsetOf(head.readUInt32LE(at), 'export table'), count * width, 'export table');
  const count = head.readUInt32LE(24);
  const [functions, names, ordinals] = [table(28, head.readUInt32LE(20), 4), table(32, count, 4), table(36, count, 2)];
  return Array.from({ length: count }, (_, index) => {
    const target = functions.readUInt32LE(ordinals.readUInt16LE(index * 2) * 4);
    const name = image.reader.text(image.offsetOf(names.readUInt32LE(index * 4), 'export name'), 'export name');
    return { name, kind: symbolKind(image, target, target >= address && target < address + size) };
  });
}

function symbolKind(image: PeImage, target: number, forwarded: boolean): ExportedSymbol['kind'] {
  if (forwarded) return 'other';
  return image.sections.some((part) => part.code && target >= part.address && target < part.address + Math.max(part.span, part.fileBytes))
    ? 'function'
    : 'data';
}

function readImports(image: PeImage): { library: string; names: string[] }[] {
  const { address } = image.directory(1);
  if (address === 0) return [];
  const start = image.offsetOf(address, 'import directory');
  const found: { library: string; names: string[] }[] = [];
  for (let index = 0; index < maxDescriptors; index++) {
    const record = image.reader.bytes(start + index * 20, 20, 'import directory');
    const name = record.readUInt32LE(12);
    if (name === 0) return found;
    const thunks = record.readUInt32LE(0) || record.readUInt32LE(16);
    found.push({ library: image.reader.text(image.offsetOf(name, 'import name'), 'import name'), names: readThunks(image, thunks) });
  }
  throw new MalformedBinary('its import directory does not end');
}

/** Names of one library's imports; those by number have none. */
function readThunks(image: PeImage, address: number): string[] {
  const width = image.bits / 8;
  const start = image.offsetOf(address, 'import table');
  const names: string[] = [];
  for (let index = 0; index < maxThunks; index++) {
    const record = image.reader.bytes(start + index * width, width, 'import table');
    const value = width === 8 ? u64(record, 0) : record.readUInt32LE(0);
    if (value === 0) return names;
    if (value < 2 ** 31) names.push(image.reader.text(image.offsetOf(value + 2, 'import name'), 'import name'));
  }
  throw new MalformedBinary('its import table does not end');
}
