// Reads the tables that say which values the entries of a unit have.
import { Cursor } from './cursor.ts';
import { fixedBytes, form, type UnitShape } from './forms.ts';
import { spend, type Work } from './work.ts';

const mostAttributes = 512;

/** The kind of an entry: its tag, and its values in order. */
export interface Abbreviation {
  readonly tag: number;
  readonly hasChildren: boolean;
  readonly attributes: readonly { readonly name: number; readonly kind: number; readonly implicit: number }[];
  /** Bytes of an entry where no value is of a length of its own. */
  readonly bytes: number | undefined;
}

/** Reads the table at an offset of .debug_abbrev, for units of one shape. */
export function readAbbreviations(table: Buffer, offset: number, shape: UnitShape, work: Work): Map<number, Abbreviation> {
  const cursor = new Cursor(table, offset);
  const found = new Map<number, Abbreviation>();
  for (let code = cursor.leb(); code !== 0; code = cursor.leb()) {
    const tag = cursor.leb();
    const hasChildren = cursor.u8() !== 0;
    const attributes = readAttributes(cursor);
    const sizes = attributes.map(({ kind }) => fixedBytes(kind, shape));
    const bytes = sizes.reduce((sum, size) => (sum === undefined || size === undefined ? undefined : sum + size), 0);
    found.set(code, { tag, hasChildren, attributes, bytes });
    spend(work, 'listed', attributes.length + 1);
  }
  return found;
}

function readAttributes(cursor: Cursor): Abbreviation['attributes'] {
  const attributes: { name: number; kind: number; implicit: number }[] = [];
  for (;;) {
    const [name, kind] = [cursor.leb(), cursor.leb()];
    const implicit = kind === form.implicit ? cursor.leb() : 0;
    if (name === 0 && kind === 0) return attributes;
    attributes.push({ name, kind, implicit });
    if (attributes.length > mostAttributes)
      throw new RangeError('an entry of the debug information has more values than any compiler gives');
  }
}
