// A strict reader of DER, as much of it as certificates and timestamps need: one value, one encoding, nothing left over.

/** One element: its tag byte, its content, and all its bytes. */
export interface DerElement {
  readonly tag: number;
  readonly content: Buffer;
  readonly bytes: Buffer;
}

/** Data that is not DER. */
export class MalformedDer extends Error {}

export const derTag = {
  boolean: 1,
  integer: 2,
  bitString: 3,
  octetString: 4,
  null: 5,
  oid: 6,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Reads the elements that fill `bytes` exactly. */
export function derElements(bytes: Buffer): DerElement[] {
  const elements: DerElement[] = [];
  let at = 0;
  while (at < bytes.length) {
    const element = elementAt(bytes, at);
    elements.push(element);
    at += element.bytes.length;
  }
  return elements;
}

/** Reads the one element that fills `bytes` and has that tag. */
export function derElement(bytes: Buffer, tag: number): DerElement {
  const [element, ...rest] = derElements(bytes);
  if (element === undefined || rest.length > 0) throw new MalformedDer('not exactly one element');
  return withTag(element, tag);
}

/** The element itself when it has that tag. */
export function withTag(element: DerElement | undefined, tag: number): DerElement {
  if (element?.tag === tag) return element;
  throw new MalformedDer(`tag ${element?.tag} where ${tag} belongs`);
}

/** Dotted text of an object identifier. */
export function derOid(element: DerElement): string {
  const { content } = withTag(element, derTag.oid);
  const arcs: number[] = [];
  let value = 0;
  let fresh = true;
  for (const byte of content) {
    if (fresh && byte === 0x80) throw new MalformedDer('padded object identifier');
    value = value * 128 + (byte & 0x7f);
    if (value > Number.MAX_SAFE_INTEGER / 128) throw new MalformedDer('object identifier too large');
    fresh = byte < 0x80;
    if (fresh) value = arcs.push(value) * 0;
  }
  const [first] = arcs;
  if (first === undefined || !fresh) throw new MalformedDer('object identifier cut off');
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - 40 * root, ...arcs.slice(1)].join('.');
}

/** A boolean; DER knows only 0 and 255. */
export function derBoolean(element: DerElement): boolean {
  const { content } = withTag(element, derTag.boolean);
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) throw new MalformedDer('boolean is neither 0 nor 255');
  return content[0] === 0xff;
}

/** A small number that is not negative. */
export function derSmallInteger(element: DerElement): number {
  const { content } = withTag(element, derTag.integer);
  if (content.length !== 1 || (content[0] ?? 128) > 127) throw new MalformedDer('number out of range');
  return content[0] ?? 0;
}

/** A time in UTC: only the form that DER allows, and only days that exist. */
export function derTime(element: DerElement): Date {
  const text = withTag(element, derTag.generalizedTime).content.toString('latin1');
  const [, year, month, day, hour, minute, second, fraction = ''] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d*[1-9])?Z$/.exec(text) ?? [];
  const whole = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const time = new Date(`${whole}.${fraction.slice(1, 4).padEnd(3, '0')}Z`);
  if (Number.isNaN(time.getTime()) || !time.toISOString().startsWith(whole)) throw new MalformedDer('time of another form');
  return time;
}

/** Writes one element around contents that are DER already, or the bytes of a value. */
export function derBytes(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const digits = content.length < 0x80 ? '' : content.length.toString(16);
  const length = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  const head = length.length === 0 ? [tag, content.length] : [tag, 0x80 | length.length, ...length];
  return Buffer.concat([Buffer.from(head), content]);
}

function elementAt(bytes: Buffer, at: number): DerElement {
  const tag = byteAt(bytes, at);
  if ((tag & 0x1f) === 0x1f) throw new MalformedDer('tag of several bytes');
  const first = byteAt(bytes, at + 1);
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || lengthBytes > 4) throw new MalformedDer('length is indefinite or too large');
  let length = lengthBytes === 0 ? first : 0;
  for (let index = 0; index < lengthBytes; index++) length = length * 256 + byteAt(bytes, at + 2 + index);
  if (lengthBytes > 0 && (length < 0x80 || length < 256 ** (lengthBytes - 1))) throw new MalformedDer('length is not the shortest');
  const start = at + 2 + lengthBytes;
  if (start + length > bytes.length) throw new MalformedDer('element runs over the end');
  return { tag, content: bytes.subarray(start, start + length), bytes: bytes.subarray(at, start + length) };
}

function byteAt(bytes: Buffer, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new MalformedDer('cut off');
  return byte;
}
