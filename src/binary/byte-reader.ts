// Reads ranges of a file that may lie about its own offsets: every range is checked and capped.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { KitError, toErrorText } from '../core/kit-error.ts';

const maxTableBytes = 64 * 1024 * 1024;

/** A binary that breaks its own format; the message says where. */
export class MalformedBinary extends Error {}

/** A file, or a slice of it, with bounds. */
export class ByteReader {
  readonly size: number;
  readonly #fd: number;
  readonly #base: number;

  constructor(fd: number, base: number, size: number) {
    this.#fd = fd;
    this.#base = base;
    this.size = size;
  }

  /** Copies `length` bytes at `offset`; `what` names them when the file ends before. */
  bytes(offset: number, length: number, what: string): Buffer {
    if (!(offset >= 0 && length >= 0 && offset + length <= this.size))
      throw new MalformedBinary(`it is truncated or damaged: its ${what} would end at byte ${offset + length}, the file has ${this.size}`);
    if (length > maxTableBytes) throw new MalformedBinary(`its ${what} claims ${length} bytes, more than any library has`);
    const buffer = Buffer.alloc(length);
    for (let done = 0; done < length; ) {
      const count = readSync(this.#fd, buffer, done, length - done, this.#base + offset + done);
      if (count === 0) throw new MalformedBinary(`it became shorter while it was read, at its ${what}`);
      done += count;
    }
    return buffer;
  }

  /** As many of the first bytes as there are, up to `length`. */
  start(length: number): Buffer {
    return this.bytes(0, Math.min(length, this.size), 'first bytes');
  }

  /** The NUL-terminated text at `offset`, at most 4096 bytes. */
  text(offset: number, what: string): string {
    return textAt(this.bytes(offset, Math.min(4096, Math.max(0, this.size - offset)), what), 0, what);
  }

  /** A part of the file that has its own offsets, such as one processor's half of a universal binary. */
  slice(offset: number, size: number, what: string): ByteReader {
    if (offset + size > this.size)
      throw new MalformedBinary(`it is truncated or damaged: its ${what} would end at byte ${offset + size}, the file has ${this.size}`);
    return new ByteReader(this.#fd, this.#base + offset, size);
  }
}

/** The NUL-terminated text at `offset` of a string table. */
export function textAt(table: Buffer, offset: number, what: string): string {
  if (offset >= table.length) throw new MalformedBinary(`a name of its ${what} lies outside the table`);
  const end = table.indexOf(0, offset);
  if (end < 0) throw new MalformedBinary(`a name of its ${what} does not end`);
  return table.toString('utf8', offset, end);
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
    return use(new ByteReader(fd, 0, fstatSync(fd).size));
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
    throw new KitError('FILE_NOT_FOUND', `${path} cannot be read: ${toErrorText(cause)}`, {
      cause,
      hint: 'build the plugin first, or check the path',
    });
  }
  throw new KitError('FILE_NOT_FOUND', `${path} is not a file`, {
    hint: 'name the built library itself (plugin.so, plugin.dll, plugin.dylib)',
  });
}
