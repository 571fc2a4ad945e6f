// Finds how a library's compilers laid out structs, by their names, in its debug information.
import type { Binary } from '../binary.ts';
import { ByteReader, MalformedBinary, withFile } from '../byte-reader.ts';
import { Cursor } from './cursor.ts';
import { type DebugSections, readDebugSections } from './debug-sections.ts';
import { type Entry, readEntry, skipEntry, tag, textOffsetsOf } from './entries.ts';
import { type Unit, units } from './units.ts';
import { spend, type Work, workOfOneFile } from './work.ts';

const mostMembers = 256;

/** One layout of one struct, as some source of the library has it. */
export interface StructLayout {
  readonly name: string;
  readonly size: number;
  readonly members: readonly { readonly name: string; readonly offset: number }[];
}

/**
 * Every layout of the named structs, each different one once; undefined where the library says nothing about types.
 * Debug information that is damaged counts as none.
 */
export function readStructLayouts(path: string, binary: Binary, names: readonly string[]): StructLayout[] | undefined {
  return withFile(path, (reader) => structLayouts(reader, binary, names));
}

/** The same of a file in memory. */
export function structLayoutsOf(bytes: Buffer, binary: Binary, names: readonly string[]): StructLayout[] | undefined {
  return structLayouts(ByteReader.ofBytes(bytes), binary, names);
}

function structLayouts(reader: ByteReader, binary: Binary, names: readonly string[]): StructLayout[] | undefined {
  try {
    const sections = readDebugSections(reader, binary);
    return sections === undefined ? undefined : findAll(sections, new Set(names));
  } catch (error) {
    if (error instanceof RangeError || error instanceof MalformedBinary) return undefined;
    throw error;
  }
}

function findAll(sections: DebugSections, names: ReadonlySet<string>): StructLayout[] {
  const found = new Map<string, StructLayout>();
  const work = workOfOneFile();
  for (const unit of units(sections, work))
    for (const layout of inUnit(unit, sections, names, work)) found.set(JSON.stringify(layout), layout);
  return [...found.values()];
}

/** A struct carries the name itself, or a typedef gives it to one without a name. */
function inUnit(unit: Unit, sections: DebugSections, names: ReadonlySet<string>, work: Work): StructLayout[] {
  const base = textOffsetsOf(unit, sections);
  const cursor = new Cursor(sections.info, unit.firstEntry);
  const found: StructLayout[] = [];
  while (cursor.at < unit.end) {
    const start = cursor.at;
    const abbreviation = unit.abbreviations.get(cursor.leb());
    if (abbreviation === undefined) continue;
    if (abbreviation.tag !== tag.struct && abbreviation.tag !== tag.typedef) {
      skipEntry(cursor, unit, abbreviation, work);
      continue;
    }
    spend(work, 'values', abbreviation.attributes.length + 1);
    const { name, type } = readEntry(cursor, unit, abbreviation, sections, base);
    if (name === undefined || !names.has(name)) continue;
    const at = abbreviation.tag === tag.struct ? start : type;
    const layout = at === undefined || at < unit.start || at >= unit.end ? undefined : readStruct(name, at, unit, sections, base);
    if (layout !== undefined) found.push(layout);
  }
  return found;
}

function readStruct(name: string, at: number, unit: Unit, sections: DebugSections, base: number): StructLayout | undefined {
  const cursor = new Cursor(sections.info, at);
  const abbreviation = unit.abbreviations.get(cursor.leb());
  if (abbreviation?.tag !== tag.struct) return undefined;
  const struct = readEntry(cursor, unit, abbreviation, sections, base);
  if (struct.isDeclaration || struct.bytes === undefined) return undefined;
  return { name, size: struct.bytes, members: abbreviation.hasChildren ? readMembers(cursor, unit, sections, base) : [] };
}

function readMembers(cursor: Cursor, unit: Unit, sections: DebugSections, base: number): StructLayout['members'] {
  const members: { name: string; offset: number }[] = [];
  for (let depth = 1, entries = 0; depth > 0 && cursor.at < unit.end && entries < mostMembers; entries++) {
    const abbreviation = unit.abbreviations.get(cursor.leb());
    if (abbreviation === undefined) {
      depth -= 1;
      continue;
    }
    const entry: Entry = readEntry(cursor, unit, abbreviation, sections, base);
    if (depth === 1 && abbreviation.tag === tag.member && entry.name !== undefined)
      members.push({ name: entry.name, offset: entry.place ?? 0 });
    if (abbreviation.hasChildren) depth += 1;
  }
  return members;
}
