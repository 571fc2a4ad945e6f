// Steps through the numbers of debug information; a step behind the end is a RangeError.

/** A place in a table of bytes. */
export class Cursor {
  readonly bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  skip(bytes: number): void {
    this.at += bytes;
  }

  u8(): number {
    const value = this.bytes.readUInt8(this.at);
    this.at += 1;
    return value;
  }

  /** A little-endian number of 2, 3, 4 or 8 bytes; above 2⁵³ it is imprecise, and then behind every table. */
  number(width: number): number {
    const { bytes, at } = this;
    this.at += width;
    if (width === 1) return bytes.readUInt8(at);
    if (width === 8) return bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 2 ** 32;
    return bytes.readUIntLE(at, width);
  }

  /** An unsigned LEB128. */
  leb(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.u8();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  /** Goes over a text and its NUL. */
  skipText(): void {
    const end = this.bytes.indexOf(0, this.at);
    if (end < 0) throw new RangeError('a text of the debug information does not end');
    this.at = end + 1;
  }
}
