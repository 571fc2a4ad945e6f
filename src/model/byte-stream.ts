// Reads a stream of bytes forward, holding no more of it than the chunk at hand.

/** What cannot be read on: the stream ended, or it holds a number that is none. */
export class MalformedStream extends Error {}

/** A position in a stream that only goes forward. */
export class ByteStream {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array();
  #at = 0;
  #position = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Bytes that were read or skipped so far. */
  get position(): number {
    return this.#position;
  }

  /** Whether nothing follows. */
  async atEnd(): Promise<boolean> {
    while (this.#at === this.#chunk.length) {
      const next = await this.#chunks.next();
      if (next.done === true) return true;
      this.#chunk = next.value;
      this.#at = 0;
    }
    return false;
  }

  /** The next byte. */
  async byte(): Promise<number> {
    if (await this.atEnd()) throw new MalformedStream('it ends in the middle');
    this.#position += 1;
    return this.#chunk[this.#at++] ?? 0;
  }

  /** A protobuf varint that fits a JavaScript number; higher bits of a 64-bit value are dropped. */
  async varint(): Promise<number> {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = await this.byte();
      if (shift < 49) value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new MalformedStream('it holds a number that does not end');
  }

  /** The next bytes; at most `limit`, the rest is skipped. */
  async bytes(length: number, limit: number): Promise<Uint8Array> {
    const kept = new Uint8Array(Math.min(length, limit));
    for (let done = 0; done < kept.length; ) {
      if (await this.atEnd()) throw new MalformedStream('it ends in the middle');
      const part = this.#chunk.subarray(this.#at, this.#at + kept.length - done);
      kept.set(part, done);
      this.#advance(part.length);
      done += part.length;
    }
    await this.skip(length - kept.length);
    return kept;
  }

  /** Goes on behind that many bytes. */
  async skip(length: number): Promise<void> {
    for (let left = length; left > 0; ) {
      if (await this.atEnd()) throw new MalformedStream('it ends in the middle');
      const step = Math.min(left, this.#chunk.length - this.#at);
      this.#advance(step);
      left -= step;
    }
  }

  #advance(length: number): void {
    this.#at += length;
    this.#position += length;
  }
}
