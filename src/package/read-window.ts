// Reads a file in stretches and serves small reads from the last one: thousands of small entries lie one behind the other.
import type { FileHandle } from 'node:fs/promises';
import type { RandomAccess } from './read-exactly.ts';

const windowBytes = 256 * 1024;

/** An open file that is asked for many small pieces near each other; larger pieces go to the file itself. */
export class ReadWindow implements RandomAccess {
  readonly #file: FileHandle;
  readonly #opened: Promise<string>;
  #from = 0;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(file: FileHandle) {
    this.#file = file;
    this.#opened = state(file);
    this.#opened.catch(() => undefined); // told when somebody asks
  }

  /** Fewer bytes than wanted come at the end of the file, and at the end of a stretch. */
  async read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }> {
    if (length > windowBytes / 4) return await this.#file.read(buffer, offset, length, position);
    const start = position - this.#from;
    if (start >= 0 && start < this.#bytes.length) return { bytesRead: this.#bytes.copy(buffer, offset, start, start + length) };
    const bytes = Buffer.allocUnsafe(windowBytes); // a new one: others may be waiting for theirs
    const { bytesRead } = await this.#file.read(bytes, 0, windowBytes, position);
    this.#from = position;
    this.#bytes = bytes.subarray(0, bytesRead);
    return { bytesRead: this.#bytes.copy(buffer, offset, 0, length) };
  }

  async hasChanged(): Promise<boolean> {
    return (await state(this.#file)) !== (await this.#opened);
  }

  async close(): Promise<void> {
    await this.#opened.catch(() => undefined);
    await this.#file.close();
  }
}

/** What changes when somebody writes to a file. */
async function state(file: FileHandle): Promise<string> {
  const { size, mtimeNs } = await file.stat({ bigint: true });
  return `${size} ${mtimeNs}`;
}
