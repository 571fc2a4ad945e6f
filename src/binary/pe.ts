// Reads PE: headers, exports and imports of a DLL.
import type { Binary, Machine } from './binary.ts';
import type { ByteReader } from './byte-reader.ts';
import { readExports } from './pe-exports.ts';
import { peBuildId, peHardening } from './pe-hardening.ts';
import { openPe } from './pe-image.ts';
import { readImports } from './pe-imports.ts';
import { platformsOf } from './platforms-of.ts';

const machines: Readonly<Record<number, Machine>> = { 332: 'x86', 448: 'arm', 452: 'arm', 34404: 'x64', 43620: 'arm64', 20580: 'riscv64' };
const flag = { executable: 0x0002, library: 0x2000 } as const;

/** Reads a PE file of either width. */
export function readPe(reader: ByteReader): Binary {
  const image = openPe(reader);
  const machine = machines[image.machine] ?? 'other';
  const isRunnable = (image.flags & flag.executable) !== 0;
  const { needed, optional } = readImports(image);
  const imports = [...needed, ...optional].flatMap(({ names }) => names);
  return {
    format: 'pe',
    machine,
    bits: image.bits,
    os: 'win32',
    type: (image.flags & flag.library) !== 0 ? 'library' : isRunnable ? 'executable' : 'object',
    platforms: platformsOf('win32', image.bits, [machine]),
    size: reader.size,
    exports: readExports(image),
    imports,
    versions: [],
    // A DLL takes a name from the library it says, never from another.
    preemptible: [],
    needed: needed.map(({ library }) => library),
    optional: optional.map(({ library }) => library),
    runpath: [],
    hardening: peHardening(image, imports),
    buildId: peBuildId(image),
    minimumSystem: image.subsystemVersion,
    sections: image.sections.map(({ name, offset, bytes, span, isCode, isCompressed }) => ({
      ...{ name, offset, isCode, isCompressed },
      // In the file it is filled up to a whole block.
      bytes: span === 0 ? bytes : Math.min(bytes, span),
    })),
  };
}
