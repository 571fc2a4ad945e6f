// Reads the entries of a unit: the few values that say how a struct is laid out.
import type { Abbreviation } from './abbreviations.ts';
import { Cursor } from './cursor.ts';
import type { DebugSections } from './debug-sections.ts';
import { form, readNumber, skipValue } from './forms.ts';
import type { Unit } from './units.ts';
import { spend, type Work } from './work.ts';

/** Tags and attributes by their numbers in the standard. */
export const tag = { member: 0x0d, struct: 0x13, typedef: 0x16 } as const;
const attribute = { name: 0x03, bytes: 0x0b, place: 0x38, declaration: 0x3c, type: 0x49, textOffsets: 0x72 } as const;

/** What is kept of an entry. */
export interface Entry {
  readonly name: string | undefined;
  readonly bytes: number | undefined;
  readonly place: number | undefined;
  /** Where in .debug_info the type of it is described. */
  readonly type: number | undefined;
  readonly isDeclaration: boolean;
}

/** Goes over an entry whose code was read. */
export function skipEntry(cursor: Cursor, unit: Unit, abbreviation: Abbreviation, work: Work): void {
  if (abbreviation.bytes !== undefined) {
    cursor.at += abbreviation.bytes;
    spend(work, 'values', 1);
    return;
  }
  spend(work, 'values', abbreviation.attributes.length + 1);
  for (const { kind } of abbreviation.attributes) skipValue(cursor, kind, unit.shape);
}

/** Reads an entry whose code was read. */
export function readEntry(cursor: Cursor, unit: Unit, abbreviation: Abbreviation, sections: DebugSections, textOffsets: number): Entry {
  const found: { -readonly [K in keyof Entry]: Entry[K] } = {
    name: undefined,
    bytes: undefined,
    place: undefined,
    type: undefined,
    isDeclaration: false,
  };
  for (const { name, kind, implicit } of abbreviation.attributes) {
    if (name === attribute.name) found.name = readText(cursor, kind, unit, sections, textOffsets);
    else if (name === attribute.bytes) found.bytes = numberOf(cursor, kind, unit, implicit);
    else if (name === attribute.place) found.place = numberOf(cursor, kind, unit, implicit);
    else if (name === attribute.type) {
      const value = numberOf(cursor, kind, unit, implicit);
      found.type = value === undefined ? undefined : kind === form.refAddr ? value : unit.start + value;
    } else {
      if (name === attribute.declaration) found.isDeclaration = true;
      skipValue(cursor, kind, unit.shape);
    }
  }
  return found;
}

function numberOf(cursor: Cursor, kind: number, unit: Unit, implicit: number): number | undefined {
  return kind === form.implicit ? implicit : readNumber(cursor, kind, unit.shape);
}

/** Where the unit's numbered texts begin in .debug_str_offsets: its first entry says. */
export function textOffsetsOf(unit: Unit, sections: DebugSections): number {
  const cursor = new Cursor(sections.info, unit.firstEntry);
  const abbreviation = unit.abbreviations.get(cursor.leb());
  for (const { name, kind } of abbreviation?.attributes ?? []) {
    if (name === attribute.textOffsets) return readNumber(cursor, kind, unit.shape) ?? 0;
    skipValue(cursor, kind, unit.shape);
  }
  return unit.shape.offsetBytes * 2;
}

const longestName = 256;

function readText(cursor: Cursor, kind: number, unit: Unit, { texts, textOffsets }: DebugSections, base: number): string | undefined {
  if (kind === form.text) {
    const start = cursor.at;
    cursor.skipText();
    return cursor.bytes.toString('latin1', start, Math.min(cursor.at - 1, start + longestName));
  }
  const isNumbered = kind === form.strx || (kind >= form.strx1 && kind <= form.strx4);
  if (kind !== form.strp && !isNumbered) {
    skipValue(cursor, kind, unit.shape);
    return undefined;
  }
  const value = kind === form.strx ? cursor.leb() : cursor.number(kind === form.strp ? unit.shape.offsetBytes : kind - form.strx1 + 1);
  const width = unit.shape.offsetBytes;
  const at = isNumbered ? new Cursor(textOffsets, base + value * width).number(width) : value;
  const near = texts.subarray(at, at + longestName);
  const end = near.indexOf(0);
  return end < 0 ? undefined : near.toString('latin1', 0, end);
}
