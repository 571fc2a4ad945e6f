// Says where and why a text is no JSON: what JSON.parse says differs between versions of Node, and not all of it names a place.
import { toErrorText } from './kit-error.ts';

/** The first place at which a text stops being JSON. */
export interface JsonFault {
  /** Counted in UTF-16 units from 0. */
  readonly offset: number;
  /** What is wrong there, in words. */
  readonly what: string;
}

/**
 * What a reader threw over `text`, as the end of a sentence in one line. Where the text is JSON, and the reader wants more than that, its own
 * words are kept.
 */
export function jsonFault(text: string, thrown: unknown): string {
  const fault = findJsonFault(text);
  const said = fault === undefined ? toErrorText(thrown).replaceAll(/\s+/g, ' ') : `${placeOf(text, fault.offset)}: ${fault.what}`;
  return `is not valid JSON: ${said}`;
}

function placeOf(text: string, offset: number): string {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  return `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`;
}

type Kind = '{' | '}' | '[' | ']' | ':' | ',' | 'text' | 'literal' | 'end';
type Expected = 'a value' | 'a value or ]' | 'a key' | 'a key or }' | 'a colon' | 'a comma or }' | 'a comma or ]' | 'the end';

const value = { '{': 'a key or }', '[': 'a value or ]', text: 'after', literal: 'after' } as const;

/** What may come, and what is expected after it: `after` a value depends on the brackets that are open. */
const grammar: Readonly<Record<Expected, Partial<Record<Kind, Expected | 'after'>>>> = {
  'a value': value,
  'a value or ]': { ...value, ']': 'after' },
  'a key': { text: 'a colon' },
  'a key or }': { text: 'a colon', '}': 'after' },
  'a colon': { ':': 'a value' },
  'a comma or }': { ',': 'a key', '}': 'after' },
  'a comma or ]': { ',': 'a value', ']': 'after' },
  'the end': { end: 'the end' },
};

interface Token {
  readonly kind: Kind;
  readonly offset: number;
  readonly length: number;
}

/** Finds the fault; undefined for a text that is JSON (RFC 8259). */
export function findJsonFault(text: string): JsonFault | undefined {
  const open: Kind[] = [];
  let expected: Expected = 'a value';
  for (let offset = 0; ; ) {
    const token = readToken(text, offset, expected);
    if ('what' in token) return token;
    const next: Expected | 'after' | undefined = grammar[expected][token.kind];
    if (next === undefined) return { offset: token.offset, what: misplaced(text, token, expected, open.at(-1)) };
    if (token.kind === 'end') return undefined;
    if (token.kind === '{' || token.kind === '[') open.push(token.kind);
    if (token.kind === '}' || token.kind === ']') open.pop();
    expected = next === 'after' ? afterValue(open.at(-1)) : next;
    offset = token.offset + token.length;
  }
}

function afterValue(open: Kind | undefined): Expected {
  if (open === undefined) return 'the end';
  return open === '{' ? 'a comma or }' : 'a comma or ]';
}

function readToken(text: string, from: number, expected: Expected): Token | JsonFault {
  const offset = from + matchAt(/[ \t\n\r]*/y, text, from).length;
  const char = text[offset];
  if (char === undefined) return { kind: 'end', offset, length: 0 };
  if (char === '"') return readText(text, offset);
  if (/[{}[\]:,]/.test(char)) return { kind: char as Kind, offset, length: 1 };
  const literal = matchAt(/(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y, text, offset);
  return literal === '' ? { offset, what: noToken(text, offset, expected) } : { kind: 'literal', offset, length: literal.length };
}

/** A text in double quotes: walked piece by piece, since a pattern for the whole of a long one would take a stack of its length. */
function readText(text: string, start: number): Token | JsonFault {
  for (let at = start + 1; ; ) {
    at += matchAt(/[ !#-[\]-\uffff]{0,1000}/y, text, at).length;
    const char = text[at];
    if (char === '"') return { kind: 'text', offset: start, length: at + 1 - start };
    if (char === undefined || char === '\n' || char === '\r') return { offset: start, what: 'this text has no closing quote in its line' };
    if (char < ' ') return { offset: at, what: `a control character in a text is written ${JSON.stringify(char).slice(1, -1)}` };
    if (char !== '\\') continue;
    const escaped = matchAt(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y, text, at);
    if (escaped === '') return { offset: at, what: `${text.slice(at, at + 2)} is no escape of JSON; a backslash is written \\\\` };
    at += escaped.length;
  }
}

function noToken(text: string, offset: number, expected: Expected): string {
  if (matchAt(/\/[/*]|#/y, text, offset) !== '') return 'JSON has no comments';
  if (text[offset] === "'") return 'texts stand in double quotes';
  const word = matchAt(/[\w$.+-]+/y, text, offset);
  if (/^[-+.\d]*\d/.test(word)) return `${shorten(word)} is no number as JSON writes them`;
  if (word !== '' && expected.startsWith('a key')) return `${shorten(word)} is a key without its double quotes`;
  if (word !== '' && expected.startsWith('a value')) return `${shorten(word)} is no value of JSON: a text stands in double quotes`;
  return `expected ${expected}, found ${shorten(word === '' ? String.fromCodePoint(text.codePointAt(offset) ?? 0) : word)}`;
}

function misplaced(text: string, { kind, offset, length }: Token, expected: Expected, open: Kind | undefined): string {
  const isTrailing = (expected === 'a key' && kind === '}') || (expected === 'a value' && kind === ']' && open === '[');
  if (isTrailing) return `the comma before ${kind} is one too many`;
  if (kind === 'end') return text.trim() === '' ? 'it is empty' : `it ends where ${expected} is expected`;
  return `expected ${expected}, found ${shorten(text.slice(offset, offset + length))}`;
}

function shorten(token: string): string {
  return token.length <= 30 ? token : `${token.slice(0, 30)}…`;
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}
