// How the values of debug information are stored (DWARF 2 to 5), and how to go over them or read them.
import type { Cursor } from './cursor.ts';

/** What a unit's header decides about the width of values. */
export interface UnitShape {
  readonly version: number;
  readonly addressBytes: number;
  /** 4, or 8 in 64-bit DWARF. */
  readonly offsetBytes: number;
}

/** Forms that are read by name; the others are gone over. */
export const form = {
  text: 0x08,
  strp: 0x0e,
  strx: 0x1a,
  implicit: 0x21,
  strx1: 0x25,
  strx4: 0x28,
  indirect: 0x16,
  refAddr: 0x10,
  expression: 0x18,
} as const;

const fixed: Readonly<Record<number, number>> = {
  ...{ 5: 2, 6: 4, 7: 8, 11: 1, 12: 1, 17: 1, 18: 2, 19: 4, 20: 8, 25: 0, 28: 4, 30: 16, 32: 8, 33: 0, 36: 8 },
  ...{ 37: 1, 38: 2, 39: 3, 40: 4, 41: 1, 42: 2, 43: 3, 44: 4 },
};
const offsets = new Set([0x0e, 0x17, 0x1d, 0x1f, 0x1f20, 0x1f21]);
const lebs = new Set([0x0d, 0x0f, 0x15, 0x1a, 0x1b, 0x22, 0x23, 0x1f01, 0x1f02]);
const blockLengths: Readonly<Record<number, number>> = { 10: 1, 3: 2, 4: 4 };

/** Bytes of a value of that form; undefined where the value itself says. */
export function fixedBytes(kind: number, shape: UnitShape): number | undefined {
  if (kind === 0x01) return shape.addressBytes;
  if (kind === form.refAddr) return shape.version === 2 ? shape.addressBytes : shape.offsetBytes;
  return offsets.has(kind) ? shape.offsetBytes : fixed[kind];
}

/** Goes over a value. */
export function skipValue(cursor: Cursor, kind: number, shape: UnitShape): void {
  const bytes = fixedBytes(kind, shape);
  if (bytes !== undefined) cursor.at += bytes;
  else if (lebs.has(kind)) cursor.leb();
  else if (kind === form.text) cursor.skipText();
  else if (kind === 0x09 || kind === form.expression) cursor.skip(cursor.leb());
  else if (kind === form.indirect) skipValue(cursor, cursor.leb(), shape);
  else cursor.skip(cursor.number(blockLength(kind)));
}

function blockLength(kind: number): number {
  const width = blockLengths[kind];
  if (width === undefined) throw new RangeError(`the debug information has a value of the unknown form 0x${kind.toString(16)}`);
  return width;
}

const addConstant = 0x23;

/** Reads a whole number; undefined for anything that is none. An expression may add a constant, as old compilers place members. */
export function readNumber(cursor: Cursor, kind: number, shape: UnitShape): number | undefined {
  const bytes = fixedBytes(kind, shape);
  if (bytes !== undefined && bytes > 0 && bytes <= 8) return cursor.number(bytes);
  if (kind === 0x0d || kind === 0x0f || kind === 0x15) return cursor.leb();
  if (kind !== 0x0a && kind !== form.expression) {
    skipValue(cursor, kind, shape);
    return undefined;
  }
  const length = kind === 0x0a ? cursor.u8() : cursor.leb();
  const end = cursor.at + length;
  const value = length > 1 && cursor.u8() === addConstant ? cursor.leb() : undefined;
  cursor.at = end;
  return value;
}
