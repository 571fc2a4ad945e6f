// Reads ranges of a file that may lie about its own offsets: every range is checked and capped.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { KitError } from '../core/kit-error.ts';
import { readError } from '../core/read-error.ts';

const maxTableBytes = 64 * 1024 * 1024;
const windowBytes = 64 * 1024;
const maxNameBytes = 64 * 1024;

/** A binary that breaks its own format; the message says where. */
export class MalformedBinary extends Error {}

/** Where the bytes come from: copies or shows `length` bytes at `offset`, both already checked. */
type ReadRange = (offset: number, length: number) => Buffer;

/** What is left of the text that may be made of a file: names that overlap could otherwise be far more than the file. */
interface Budget {
  textBytes: number;
}

/** A file, or a slice of it, with bounds. */
export class ByteReader {
  readonly size: number;
  /** Where it begins in its file. */
  readonly base: number;
  readonly #read: ReadRange;
  readonly #budget: Budget;
  #window: { readonly start: number; readonly bytes: Buffer } = { start: 0, bytes: Buffer.alloc(0) };

  private constructor(read: ReadRange, base: number, size: number, budget: Budget) {
    this.#read = read;
    this.base = base;
    this.size = size;
    this.#budget = budget;
  }

  /** Reads bytes in memory. */
  static ofBytes(bytes: Buffer): ByteReader {
    return ByteReader.#of((offset, length) => bytes.subarray(offset, offset + length), bytes.length);
  }

  /** Reads an open file of `size` bytes. */
  static ofFile(fd: number, size: number): ByteReader {
    return ByteReader.#of((offset, length) => readRange(fd, offset, length), size);
  }

  static #of(read: ReadRange, size: number): ByteReader {
    return new ByteReader(read, 0, size, { textBytes: Math.min(256 * 1024 * 1024, 1024 * 1024 + 16 * size) });
  }

  /** The `length` bytes at `offset`, not to be changed; `what` names them when the file ends before. */
  bytes(offset: number, length: number, what: string): Buffer {
    if (!(offset >= 0 && length >= 0 && offset + length <= this.size))
      throw new MalformedBinary(`it is truncated or damaged: its ${what} would end at byte ${offset + length}, the file has ${this.size}`);
    if (length > maxTableBytes) throw new MalformedBinary(`its ${what} claims ${length} bytes, more than any library has`);
    return length < windowBytes / 16 ? this.#near(offset, length) : this.#read(this.base + offset, length);
  }

  /** Small records lie together: one larger piece of the file serves many. */
  #near(offset: number, length: number): Buffer {
    const isThere = offset >= this.#window.start && offset + length <= this.#window.start + this.#window.bytes.length;
    if (!isThere) {
      const bytes = this.#read(this.base + offset, Math.min(windowBytes, this.size - offset));
      this.#window = { start: offset, bytes };
    }
    const at = offset - this.#window.start;
    return this.#window.bytes.subarray(at, at + length);
  }

  /** As many of the first bytes as there are, up to `length`. */
  start(length: number): Buffer {
    return this.bytes(0, Math.min(length, this.size), 'first bytes');
  }

  /** The NUL-terminated text at `offset`, shorter than 4096 bytes. */
  text(offset: number, what: string): string {
    return this.name(this.bytes(offset, Math.min(4095, Math.max(0, this.size - offset)), what), 0, what);
  }

  /** The NUL-terminated text at `offset` of a string table that was read before. */
  name(table: Buffer, offset: number, what: string): string {
    if (offset >= table.length) throw new MalformedBinary(`a name of its ${what} lies outside the table`);
    const end = table.indexOf(0, offset);
    if (end < 0) throw new MalformedBinary(`a name of its ${what} does not end`);
    this.#budget.textBytes -= end - offset;
    if (end - offset > maxNameBytes || this.#budget.textBytes < 0) throw new MalformedBinary(`the names of its ${what} are too long`);
    return table.toString('utf8', offset, end);
  }

  /** A part of the file that has its own offsets, such as one processor's half of a universal binary. */
  slice(offset: number, size: number, what: string): ByteReader {
    if (!(offset >= 0 && size >= 0 && offset + size <= this.size))
      throw new MalformedBinary(`it is truncated or damaged: its ${what} would end at byte ${offset + size}, the file has ${this.size}`);
    return new ByteReader(this.#read, this.base + offset, size, this.#budget);
  }
}

function readRange(fd: number, offset: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  for (let done = 0; done < length; ) {
    const count = readSync(fd, buffer, done, length - done, offset + done);
    if (count === 0) throw new MalformedBinary(`it became shorter while it was read, at byte ${offset + done}`);
    done += count;
  }
  return buffer;
}

/** A 64-bit number; values no file can reach are left imprecise, the bounds refuse them. */
export function u64(buffer: Buffer, offset: number): number {
  return Number(buffer.readBigUInt64LE(offset));
}

/**
 * Opens a regular file for `use`.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` naming the path.
 */
export function withFile<T>(path: string, use: (reader: ByteReader) => T): T {
  const fd = openRegular(path);
  try {
    return use(ByteReader.ofFile(fd, fstatSync(fd).size));
  } finally {
    closeSync(fd);
  }
}

function openRegular(path: string): number {
  try {
    const fd = openSync(path, 'r');
    if (fstatSync(fd).isFile()) return fd;
    closeSync(fd);
  } catch (cause) {
    throw readError(path, cause, 'build the plugin first, or check the path');
  }
  throw new KitError('FILE_NOT_FOUND', `${path} is not a file`, {
    hint: 'name the built library itself (plugin.so, plugin.dll, plugin.dylib)',
  });
}
