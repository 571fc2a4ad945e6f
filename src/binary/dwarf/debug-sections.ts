// Reads the sections of debug information out of a library, unpacked.
import { inflateSync } from 'node:zlib';
import type { Binary, BinarySection } from '../binary.ts';
import { type ByteReader, u64 } from '../byte-reader.ts';

const mostBytes = 64 * 1024 * 1024;
const zlib = 1;

/** The sections that say what types look like; absent ones are empty. */
export interface DebugSections {
  readonly info: Buffer;
  readonly abbreviations: Buffer;
  readonly texts: Buffer;
  readonly textOffsets: Buffer;
}

/** Undefined without debug information, or where it is packed in a way that cannot be unpacked here. */
export function readDebugSections(reader: ByteReader, binary: Binary): DebugSections | undefined {
  const read = (name: string): Buffer | undefined => {
    const found = binary.sections.find((section) => section.name === `.debug_${name}` || section.name === `__debug_${name}`.slice(0, 16));
    return found === undefined ? Buffer.alloc(0) : readSection(reader, binary, found);
  };
  const [info, abbreviations, texts, textOffsets] = [read('info'), read('abbrev'), read('str'), read('str_offsets')];
  if (info === undefined || abbreviations === undefined || texts === undefined || textOffsets === undefined) return undefined;
  return info.length === 0 || abbreviations.length === 0 ? undefined : { info, abbreviations, texts, textOffsets };
}

function readSection(reader: ByteReader, binary: Binary, { offset, bytes, isCompressed }: BinarySection): Buffer | undefined {
  if (bytes > mostBytes || offset + bytes > reader.size) return undefined;
  const stored = reader.bytes(offset, bytes, 'debug information');
  return isCompressed ? unpack(stored, binary.bits) : stored;
}

/** Only what zlib packed: Node 20 has no zstd. */
function unpack(stored: Buffer, bits: 32 | 64): Buffer | undefined {
  const size = bits === 64 ? u64(stored, 8) : stored.readUInt32LE(4);
  if (stored.readUInt32LE(0) !== zlib || size > mostBytes) return undefined;
  try {
    return inflateSync(stored.subarray(bits === 64 ? 24 : 12), { maxOutputLength: Math.max(1, size) });
  } catch {
    return undefined;
  }
}
