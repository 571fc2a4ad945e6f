// Where the fields of an ELF file lie, for 32 and 64 bits.
import { MalformedBinary, u64 } from './byte-reader.ts';

/** A number of the file: where it begins in its record, and its width. */
interface Field {
  readonly at: number;
  readonly wide: boolean;
}

/** The records that are read, by the width of the machine. */
export interface ElfLayout {
  readonly bits: 32 | 64;
  readonly headerBytes: number;
  readonly header: {
    readonly segmentOffset: Field;
    readonly segmentCount: number;
    readonly sectionOffset: Field;
    readonly sectionCount: number;
  };
  readonly segment: {
    readonly bytes: number;
    readonly flags: number;
    readonly offset: Field;
    readonly address: Field;
    readonly fileBytes: Field;
  };
  readonly section: { readonly bytes: number; readonly flags: number; readonly offset: Field; readonly size: Field };
  readonly dynamic: { readonly bytes: number; readonly tag: Field; readonly value: Field };
  readonly symbol: { readonly bytes: number; readonly info: number; readonly other: number; readonly section: number };
  /** Of a relocation without and with an addend; `type` and `symbol` are read by `relocation`. */
  readonly relocation: { readonly bytes: number; readonly bytesWithAddend: number };
}

const wide = (at: number): Field => ({ at, wide: true });
const narrow = (at: number): Field => ({ at, wide: false });

const layout64: ElfLayout = {
  bits: 64,
  headerBytes: 64,
  header: { segmentOffset: wide(32), segmentCount: 56, sectionOffset: wide(40), sectionCount: 60 },
  segment: { bytes: 56, flags: 4, offset: wide(8), address: wide(16), fileBytes: wide(32) },
  section: { bytes: 64, flags: 8, offset: wide(24), size: wide(32) },
  dynamic: { bytes: 16, tag: wide(0), value: wide(8) },
  symbol: { bytes: 24, info: 4, other: 5, section: 6 },
  relocation: { bytes: 16, bytesWithAddend: 24 },
};

const layout32: ElfLayout = {
  bits: 32,
  headerBytes: 52,
  header: { segmentOffset: narrow(28), segmentCount: 44, sectionOffset: narrow(32), sectionCount: 48 },
  segment: { bytes: 32, flags: 24, offset: narrow(4), address: narrow(8), fileBytes: narrow(16) },
  section: { bytes: 40, flags: 8, offset: narrow(16), size: narrow(20) },
  dynamic: { bytes: 8, tag: narrow(0), value: narrow(4) },
  symbol: { bytes: 16, info: 12, other: 13, section: 14 },
  relocation: { bytes: 8, bytesWithAddend: 12 },
};

/** Chooses by the first 16 bytes. */
export function elfLayout(ident: Buffer): ElfLayout {
  if (ident.readUInt8(5) !== 1) throw new MalformedBinary('it is an ELF file for a big-endian machine');
  const layout = { 1: layout32, 2: layout64 }[ident.readUInt8(4)];
  if (layout === undefined) throw new MalformedBinary('its ELF header names neither 32 nor 64 bits');
  return layout;
}

/** Reads a field of the record that begins at `start`. */
export function field(table: Buffer, { at, wide: isWide }: Field, start = 0): number {
  return isWide ? u64(table, start + at) : table.readUInt32LE(start + at);
}
