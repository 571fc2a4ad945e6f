// Merges two edits of a JSON file by its values where lines cannot tell them apart; the user's formatting stays.
import { isDeepStrictEqual } from 'node:util';
import { applyEdits, type FormattingOptions, type JSONPath, modify, type ParseError, parse } from 'jsonc-parser';
import { endsLinesByCrlf } from './merge-text.ts';

/** A value to set at a path; undefined takes it away. */
interface ValueChange {
  readonly path: JSONPath;
  readonly value: unknown;
}

/** What the template made of `base`, done to the user's text; undefined where both changed the same value, or one is no JSON. */
export function mergeJson(mine: string, base: string, next: string): string | undefined {
  const [own, old, fresh] = [mine, base, next].map(parsed);
  if (own === undefined || old === undefined || fresh === undefined) return undefined;
  const changes: ValueChange[] = [];
  if (!collect([], own.value, old.value, fresh.value, changes)) return undefined;
  return setValues(mine, changes);
}

/** Sets values in a JSON text and leaves all else of it as it is. */
export function setValues(text: string, changes: readonly ValueChange[]): string {
  const formattingOptions = formatOf(text);
  return changes.reduce((edited, { path, value }) => applyEdits(edited, modify(edited, path, value, { formattingOptions })), text);
}

function formatOf(text: string): FormattingOptions {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  return { insertSpaces: !indent.startsWith('\t'), tabSize: indent.length, eol: endsLinesByCrlf(text) ? '\r\n' : '\n' };
}

function parsed(text: string): { readonly value: unknown } | undefined {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors);
  return errors.length === 0 ? { value } : undefined;
}

/** Adds what must change in `mine`; false when the same value was changed in two ways. */
function collect(path: JSONPath, mine: unknown, base: unknown, next: unknown, changes: ValueChange[]): boolean {
  if (isDeepStrictEqual(base, next) || isDeepStrictEqual(mine, next)) return true;
  if (isRecord(mine) && isRecord(base) && isRecord(next)) {
    const keys = new Set([...Object.keys(base), ...Object.keys(next)]);
    return [...keys].every((key) => collect([...path, key], mine[key], base[key], next[key], changes));
  }
  const lists = Array.isArray(mine) && Array.isArray(base) && Array.isArray(next);
  if (!lists && !isDeepStrictEqual(mine, base)) return false;
  const value = lists ? mergeLists(mine, base, next) : next;
  if (lists && value === undefined) return false;
  changes.push({ path, value });
  return true;
}

/** The user's list without what the template took out and with what it added; undefined when the user changed an entry that it took out. */
function mergeLists(mine: readonly unknown[], base: readonly unknown[], next: readonly unknown[]): unknown[] | undefined {
  const gone = base.filter((entry) => !has(next, entry));
  const added = next.filter((entry) => !has(base, entry));
  if (gone.length > 0 && added.length > 0 && !gone.every((entry) => has(mine, entry))) return undefined;
  return [...mine.filter((entry) => !has(gone, entry)), ...added.filter((entry) => !has(mine, entry))];
}

function has(list: readonly unknown[], entry: unknown): boolean {
  return list.some((one) => isDeepStrictEqual(one, entry));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
