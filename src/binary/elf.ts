// Reads ELF: the dynamic segment and the symbols it names, as the loader sees them.
import type { Binary, Machine } from './binary.ts';
import type { ByteReader } from './byte-reader.ts';
import { elfBuildId, elfHardening } from './elf-hardening.ts';
import { type ElfImage, openElf, tag } from './elf-image.ts';
import { preemptibleSymbols } from './elf-relocations.ts';
import { describeSymbols, readSymbols } from './elf-symbols.ts';
import { platformsOf } from './platforms-of.ts';

const machines: Readonly<Record<number, Machine>> = { 3: 'x86', 40: 'arm', 62: 'x64', 183: 'arm64', 243: 'riscv64' };
const types: Readonly<Record<number, Binary['type']>> = { 1: 'object', 2: 'executable', 3: 'library' };
const positionIndependentExecutable = 0x08000000;

/** Reads an ELF file of either width; big-endian ones are refused by name. */
export function readElf(reader: ByteReader): Binary {
  const image = openElf(reader);
  const os = [0, 3].includes(image.header.readUInt8(7)) ? 'linux' : 'other';
  const machine = machines[image.header.readUInt16LE(18)] ?? 'other';
  const listed = (wanted: number) =>
    image.dynamic.filter((entry) => entry.tag === wanted).map(({ value }) => reader.name(image.names, value, 'dynamic string table'));
  const bits = image.layout.bits;
  const symbols = readSymbols(image);
  const described = describeSymbols(image, symbols);
  return {
    format: 'elf',
    machine,
    bits,
    os,
    type: elfType(image),
    platforms: platformsOf(os, bits, [machine]),
    size: reader.size,
    ...described,
    preemptible: preemptibleSymbols(image, symbols),
    needed: listed(tag.needed),
    optional: [],
    runpath: [...listed(tag.rpath), ...listed(tag.runpath)].flatMap((text) => text.split(':')),
    hardening: elfHardening(image, machine, described.imports),
    buildId: elfBuildId(image),
    minimumSystem: undefined,
    sections: image.sections.map(({ name, offset, bytes, isCode, isCompressed }) => ({ name, offset, bytes, isCode, isCompressed })),
  };
}

function elfType(image: ElfImage): Binary['type'] {
  if (((image.entry(tag.flags1) ?? 0) & positionIndependentExecutable) !== 0) return 'executable';
  return types[image.header.readUInt16LE(16)] ?? 'other';
}
