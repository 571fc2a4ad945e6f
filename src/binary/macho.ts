// Reads Mach-O: load commands and the external symbols of a dylib, universal files included.
import type { PlatformKey } from '../core/platform.ts';
import type { Binary, Hardening } from './binary.ts';
import { type ByteReader, MalformedBinary } from './byte-reader.ts';
import { type LoadCommand, type MachOImage, machOParts, openMachO } from './macho-image.ts';
import { readMachOSymbols } from './macho-symbols.ts';
import { platformsOf } from './platforms-of.ts';

const types: Readonly<Record<number, Binary['type']>> = { 1: 'object', 2: 'executable', 6: 'library', 8: 'library' };
const command = { rpath: 0x8000001c, weakLibrary: 0x80000018, uuid: 0x1b, signature: 0x1d, oldMinimum: 0x24, minimum: 0x32 } as const;
const neededLibraries = [0xc, 0x8000001f, 0x80000023];
const executableStack = 0x20000;

/** Reads a Mach-O file; of a universal one the part for `platform`, else the first, and the machines of all. */
export function readMachO(reader: ByteReader, platform?: PlatformKey): Binary {
  const parts = machOParts(reader);
  const keys = (machine: Binary['machine']) => platformsOf('darwin', machine === 'x64' || machine === 'arm64' ? 64 : 32, [machine]);
  const wanted = parts.find(({ machine }) => keys(machine).some((key) => key === platform)) ?? parts[0];
  if (wanted === undefined) throw new MalformedBinary('it is a universal file for no processor');
  const read = readThin(wanted.part);
  return parts.length === 1 ? read : { ...read, platforms: parts.flatMap(({ machine }) => keys(machine)) };
}

function readThin(reader: ByteReader): Binary {
  const image = openMachO(reader);
  const symbols = readMachOSymbols(image);
  const named = (kinds: readonly number[]) =>
    image.commands
      .filter(({ kind }) => kinds.includes(kind))
      .map((one) => reader.name(padded(one), one.record.readUInt32LE(8), 'load commands'));
  const uuid = image.commands.find(({ kind }) => kind === command.uuid)?.record;
  return {
    format: 'macho',
    machine: image.machine,
    bits: image.bits,
    os: 'darwin',
    type: types[image.type] ?? 'other',
    platforms: platformsOf('darwin', image.bits, [image.machine]),
    size: reader.size,
    ...symbols,
    versions: [],
    needed: named(neededLibraries),
    optional: named([command.weakLibrary]),
    runpath: named([command.rpath]),
    hardening: hardening(image, symbols.imports),
    buildId: uuid?.toString('hex', 8, 24),
    minimumSystem: minimumSystem(image.commands),
    sections: image.sections,
  };
}

function hardening({ flags, commands, writableCode }: MachOImage, imports: readonly string[]): Hardening {
  return {
    noExecute: (flags & executableStack) === 0,
    writableCode,
    stackProtector: imports.includes('__stack_chk_fail'),
    fortified: imports.some((name) => /^__\w+_chk$/.test(name)),
    signed: commands.some(({ kind }) => kind === command.signature),
  };
}

/** A load command's text may fill it to the last byte. */
function padded({ record }: LoadCommand): Buffer {
  return Buffer.concat([record, Buffer.alloc(1)]);
}

/** The version is in one word: 16 bits, 8, 8. */
function minimumSystem(commands: readonly LoadCommand[]): string | undefined {
  const found = commands.find(({ kind }) => kind === command.minimum || kind === command.oldMinimum);
  if (found === undefined) return undefined;
  const version = found.record.readUInt32LE(found.kind === command.minimum ? 12 : 8);
  return `${version >>> 16}.${(version >>> 8) & 255}`;
}
