// Walks the fields of a protobuf message in a stream.
import { type ByteStream, MalformedStream } from './byte-stream.ts';

/** One field: its number, and its value as far as the wire tells. */
export interface ProtobufField {
  readonly number: number;
  /** Value of a varint field. */
  readonly value?: number;
  /** Length of a field that holds bytes, a text or a message. */
  readonly length?: number;
}

/** Reads one field; of a length-delimited one only the length. The caller reads or skips its bytes. */
async function readField(stream: ByteStream): Promise<ProtobufField> {
  const tag = await stream.varint();
  const number = Math.floor(tag / 8);
  if (tag % 8 === 0) return { number, value: await stream.varint() };
  if (tag % 8 === 2) return { number, length: await stream.varint() };
  if (tag % 8 === 1 || tag % 8 === 5) {
    await stream.skip(tag % 8 === 1 ? 8 : 4);
    return { number };
  }
  throw new MalformedStream('it holds a field of an unknown kind');
}

/**
 * Hands each field of a message to `visit`, which says whether it has read the bytes of a length-delimited one; else they are skipped.
 * `length` undefined means up to the end of the stream.
 */
export async function walkMessage(
  stream: ByteStream,
  length: number | undefined,
  visit: (field: ProtobufField) => Promise<boolean> | boolean,
): Promise<void> {
  const end = length === undefined ? Number.POSITIVE_INFINITY : stream.position + length;
  while (length === undefined ? !(await stream.atEnd()) : stream.position < end) {
    const field = await readField(stream);
    const bodyEnd = stream.position + (field.length ?? 0);
    if (bodyEnd > end) throw new MalformedStream('a part of it is longer than the whole');
    if (!(await visit(field))) await stream.skip(bodyEnd - stream.position);
    if (field.length !== undefined && stream.position !== bodyEnd) throw new MalformedStream('a part of it does not end where it should');
  }
}
