// Keeps the beginning and the end of a stream of text, however long it gets.
import { StringDecoder } from 'node:string_decoder';

/** Collects UTF-8 text up to about `limit` characters; of longer text the middle is left out and said so. */
export class CappedText {
  readonly #half: number;
  readonly #decoder = new StringDecoder('utf8');
  #head = '';
  #tail = '';
  #leftOut = 0;

  constructor(limit: number) {
    this.#half = limit / 2;
  }

  /** Adds a piece of the stream, cut anywhere, and returns it as text. */
  add(chunk: Uint8Array): string {
    const text = this.#decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    const room = this.#half - this.#head.length;
    this.#head += text.slice(0, Math.max(0, room));
    this.#tail += text.slice(Math.max(0, room));
    // trimmed at twice the limit, so that a flood of small pieces is not copied for each
    if (this.#tail.length > 2 * this.#half) this.#trim();
    return text;
  }

  toString(): string {
    this.#trim();
    const gap = this.#leftOut === 0 ? '' : `\n… ${this.#leftOut} characters left out …\n`;
    return this.#head + gap + this.#tail;
  }

  #trim(): void {
    const surplus = this.#tail.length - this.#half;
    if (surplus <= 0) return;
    this.#leftOut += surplus;
    this.#tail = this.#tail.slice(surplus);
  }
}
