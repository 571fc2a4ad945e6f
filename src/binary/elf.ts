// Reads ELF: the dynamic segment and the symbols it names, as the loader sees them.
import type { Binary, ExportedSymbol, Machine } from './binary.ts';
import { type ByteReader, textAt } from './byte-reader.ts';
import { type ElfImage, openElf } from './elf-image.ts';
import { countSymbols } from './elf-symbol-count.ts';
import { platformsOf } from './platforms-of.ts';

const machines: Readonly<Record<number, Machine>> = { 3: 'x86', 40: 'arm', 62: 'x64', 183: 'arm64', 243: 'riscv64' };
const types: Readonly<Record<number, Binary['type']>> = { 1: 'object', 2: 'executable', 3: 'library' };
const tag = { needed: 1, strtab: 5, symtab: 6, strsz: 10, rpath: 15, runpath: 29, flags1: 0x6ffffffb } as const;
const positionIndependentExecutable = 0x08000000;

/** Reads an ELF file of either width; big-endian ones are refused by name. */
export function readElf(reader: ByteReader): Binary {
  const image = openElf(reader);
  const os = [0, 3].includes(image.header.readUInt8(7)) ? 'linux' : 'other';
  const machine = machines[image.header.readUInt16LE(18)] ?? 'other';
  const names = stringTable(image);
  const listed = (wanted: number) =>
    image.dynamic.filter((entry) => entry.tag === wanted).map(({ value }) => textAt(names, value, 'dynamic string table'));
  const bits = image.layout.bits;
  return {
    format: 'elf',
    machine,
    bits,
    os,
    type: elfType(image),
    platforms: platformsOf(os, bits, [machine]),
    ...readSymbols(image, names),
    needed: listed(tag.needed),
    runpath: [...listed(tag.rpath), ...listed(tag.runpath)].flatMap((text) => text.split(':')),
  };
}

function elfType(image: ElfImage): Binary['type'] {
  const flags = image.dynamic.find((entry) => entry.tag === tag.flags1)?.value ?? 0;
  if ((flags & positionIndependentExecutable) !== 0) return 'executable';
  return types[image.header.readUInt16LE(16)] ?? 'other';
}

function stringTable({ dynamic, offsetOf, reader }: ElfImage): Buffer {
  const address = dynamic.find((entry) => entry.tag === tag.strtab)?.value;
  const size = dynamic.find((entry) => entry.tag === tag.strsz)?.value;
  if (address === undefined || size === undefined) return Buffer.alloc(0);
  return reader.bytes(offsetOf(address, 'dynamic string table'), size, 'dynamic string table');
}

function readSymbols(image: ElfImage, names: Buffer): Pick<Binary, 'exports' | 'imports'> {
  const address = image.dynamic.find((entry) => entry.tag === tag.symtab)?.value;
  const at = image.layout.symbol;
  const count = address === undefined ? 0 : countSymbols(image);
  if (address === undefined || count === 0) return { exports: [], imports: [] };
  const table = image.reader.bytes(image.offsetOf(address, 'symbol table'), count * at.bytes, 'symbol table');
  const exports: ExportedSymbol[] = [];
  const imports: string[] = [];
  for (let start = at.bytes; start < table.length; start += at.bytes) {
    const info = table.readUInt8(start + at.info);
    const hidden = [1, 2].includes(table.readUInt8(start + at.other) & 3);
    const section = table.readUInt16LE(start + at.section);
    if (info >> 4 === 0 || hidden || (info & 15) > 10) continue;
    const name = textAt(names, table.readUInt32LE(start), 'symbol names');
    if (section === 0) imports.push(name);
    else if (section !== 0xfff1) exports.push({ name, kind: kinds[info & 15] ?? 'other' });
  }
  return { exports, imports };
}

const kinds: Readonly<Record<number, ExportedSymbol['kind']>> = { 1: 'data', 2: 'function', 6: 'data', 10: 'function' };
