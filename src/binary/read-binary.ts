// Reads a native library without loading it: ELF, PE or Mach-O.
import { KitError } from '../core/kit-error.ts';
import type { PlatformKey } from '../core/platform.ts';
import type { Binary } from './binary.ts';
import { type ByteReader, MalformedBinary, withFile } from './byte-reader.ts';
import { readElf } from './elf.ts';
import { fileKinds } from './file-kinds.ts';
import { readMachO } from './macho.ts';
import { readPe } from './pe.ts';

/**
 * Reads what a library says of itself: machine, type, exports, imports, needed libraries; of a universal one the part for `platform`.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`; `PLUGIN_INVALID` when it is something else (named), truncated or damaged.
 */
export function readBinary(path: string, platform?: PlatformKey): Binary {
  try {
    return withFile(path, (reader) => readBytes(reader, platform));
  } catch (cause) {
    if (!(cause instanceof MalformedBinary || cause instanceof RangeError)) throw cause;
    const why = cause instanceof MalformedBinary ? cause.message : 'a table of it points outside itself';
    throw new KitError('PLUGIN_INVALID', `${path} is not a usable library: ${why}`, {
      cause,
      hint: 'build it again, or copy it again in binary mode',
    });
  }
}

/**
 * Reads a library from an open file or from memory.
 *
 * @throws MalformedBinary, or RangeError where a table points outside itself.
 */
export function readBytes(reader: ByteReader, platform?: PlatformKey): Binary {
  const start = reader.start(512);
  const kind = fileKinds.find(({ matches }) => matches(start));
  if (kind?.read !== undefined) return formats[kind.read](reader, platform);
  throw new MalformedBinary(kind === undefined ? `${describe(start)}, neither ELF, PE nor Mach-O` : `it is ${kind.name}`);
}

const formats = { elf: readElf, pe: readPe, macho: readMachO } as const;

function describe(start: Buffer): string {
  return `its first bytes are ${start.subarray(0, 4).toString('hex')}`;
}
