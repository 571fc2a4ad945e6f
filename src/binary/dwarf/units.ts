// Goes through the units of debug information, each with its own table of abbreviations.
import { type Abbreviation, readAbbreviations } from './abbreviations.ts';
import { Cursor } from './cursor.ts';
import type { DebugSections } from './debug-sections.ts';
import type { UnitShape } from './forms.ts';
import { spend, type Work } from './work.ts';

/** One unit: what a compiler made of one source. */
export interface Unit {
  /** Where its header begins in .debug_info: references count from here. */
  readonly start: number;
  readonly firstEntry: number;
  readonly end: number;
  readonly shape: UnitShape;
  readonly abbreviations: ReadonlyMap<number, Abbreviation>;
}

const unitType = { type: 2, skeleton: 4, splitCompile: 5, splitType: 6 } as const;
const wideMark = 0xffffffff;

/** The units, one after the other. */
export function* units(sections: DebugSections, work: Work): Generator<Unit> {
  const tables = new Map<string, ReadonlyMap<number, Abbreviation>>();
  for (let start = 0; start + 11 < sections.info.length; ) {
    const cursor = new Cursor(sections.info, start);
    const short = cursor.number(4);
    const offsetBytes = short === wideMark ? 8 : 4;
    const length = short === wideMark ? cursor.number(8) : short;
    const end = cursor.at + length;
    if (length === 0 || end > sections.info.length) throw new RangeError('a unit of the debug information is cut off');
    const { shape, abbreviationsAt } = readHeader(cursor, offsetBytes);
    spend(work, 'values', 8);
    const key = `${abbreviationsAt} ${JSON.stringify(shape)}`;
    const abbreviations = tables.get(key) ?? readAbbreviations(sections.abbreviations, abbreviationsAt, shape, work);
    tables.set(key, abbreviations);
    yield { start, firstEntry: cursor.at, end, shape, abbreviations };
    start = end;
  }
}

function readHeader(cursor: Cursor, offsetBytes: number): { shape: UnitShape; abbreviationsAt: number } {
  const version = cursor.number(2);
  if (version < 2 || version > 5) throw new RangeError(`the debug information is of version ${version}`);
  if (version < 5) {
    const abbreviationsAt = cursor.number(offsetBytes);
    return { shape: { version, addressBytes: cursor.u8(), offsetBytes }, abbreviationsAt };
  }
  const kind = cursor.u8();
  const addressBytes = cursor.u8();
  const abbreviationsAt = cursor.number(offsetBytes);
  if (kind === unitType.skeleton || kind === unitType.splitCompile) cursor.at += 8;
  if (kind === unitType.type || kind === unitType.splitType) cursor.at += 8 + offsetBytes;
  return { shape: { version, addressBytes, offsetBytes }, abbreviationsAt };
}
