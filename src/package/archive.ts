// An opened package: its entries, proven by their headers, and their bytes, checked while they are read.
import { createHash } from 'node:crypto';
import { constants, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { KitError } from '../core/kit-error.ts';
import { readError } from '../core/read-error.ts';
import { type Directory, readDirectory } from './archive-directory.ts';
import { inflateExactly } from './inflate-exactly.ts';
import { type ArchiveEntry, locateEntries } from './local-entries.ts';
import { malformed } from './malformed.ts';
import type { RandomAccess } from './read-exactly.ts';
import { ReadWindow } from './read-window.ts';

const chunkBytes = 1024 * 1024;

/** A package that is open for reading; close it, or declare it with `await using`. */
export class Archive {
  readonly path: string;
  readonly sizeBytes: number;
  /** Files in the order in which they lie in the archive. */
  readonly entries: readonly ArchiveEntry[];
  readonly #file: RandomAccess;
  readonly #byName: ReadonlyMap<string, ArchiveEntry>;

  constructor(path: string, file: RandomAccess, sizeBytes: number, entries: readonly ArchiveEntry[]) {
    this.path = path;
    this.sizeBytes = sizeBytes;
    this.entries = entries;
    this.#file = file;
    this.#byName = new Map(entries.map((entry) => [entry.name, entry]));
  }

  /** The entry of that name, or undefined. */
  find(name: string): ArchiveEntry | undefined {
    return this.#byName.get(name);
  }

  /**
   * Streams the content of an entry; each chunk is the caller's own.
   *
   * @throws {@link KitError} `CONTENT_DIFFERS` when size or CRC are not what the headers say; the last chunk may have been seen by then.
   */
  async *chunks(entry: ArchiveEntry): AsyncGenerator<Buffer, void, undefined> {
    let checksum = 0;
    const stored = this.bytes(entry.dataOffset, entry.dataOffset + entry.compressedBytes);
    for await (const chunk of entry.method === 0 ? stored : inflateExactly(stored, entry)) {
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
    if (checksum !== entry.crc32) throw differs(`${entry.name} does not have the checksum that its header gives`);
  }

  /** The whole content of a small entry. */
  async read(entry: ArchiveEntry, maxBytes: number): Promise<Buffer> {
    if (entry.sizeBytes > maxBytes) throw malformed(this.path, `has ${entry.name} of ${entry.sizeBytes} bytes, more than ${maxBytes}`);
    const chunks: Buffer[] = [];
    for await (const chunk of this.chunks(entry)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /** SHA-256 of the content of an entry. */
  async sha256(entry: ArchiveEntry): Promise<string> {
    const hash = createHash('sha256');
    for await (const chunk of this.chunks(entry)) hash.update(chunk);
    return hash.digest('hex');
  }

  /** Streams the bytes of the archive itself, from one offset to before another; each chunk is the caller's own. */
  async *bytes(from: number, to: number): AsyncGenerator<Buffer, void, undefined> {
    for (let at = from; at < to; ) {
      const wanted = Math.min(chunkBytes, to - at);
      const buffer = Buffer.allocUnsafe(wanted);
      const { bytesRead } = await this.#file.read(buffer, 0, wanted, at);
      if (bytesRead === 0) throw differs('it ended while it was read');
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }

  /**
   * The directory, if the archive keeps every rule of signed ones, signed or not; otherwise undefined.
   *
   * @internal
   */
  async strictDirectory(): Promise<Directory | undefined> {
    try {
      const directory = await readDirectory(this.#file, this.path, this.sizeBytes, true);
      await locateEntries(this.#file, this.path, directory);
      return directory;
    } catch (error) {
      if (error instanceof KitError && error.code === 'CONTAINER_MALFORMED') return undefined;
      throw error;
    }
  }

  /** Whether somebody has written to it since it was opened. */
  async hasChanged(): Promise<boolean> {
    return (await this.#file.hasChanged?.()) ?? false;
  }

  /** Closes the file. */
  async close(): Promise<void> {
    await this.#file.close();
  }

  /** Closes the file. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** A pipe would be waited for until somebody writes to it; Windows does not know the flag. */
const readOnly = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a package and checks every rule that its headers can break; no content is read.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, or `CONTAINER_MALFORMED` naming the rule.
 */
export async function readArchive(path: string): Promise<Archive> {
  const file = await open(path, readOnly).catch((cause: unknown) => {
    throw readError(path, cause, 'check the path of the package');
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new KitError('FILE_INVALID', `${path} is no file`, { hint: 'name a .mvapp file' });
    return await openArchive(new ReadWindow(file), path, stat.size);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * Like {@link readArchive}, for bytes that are at hand in some other way; `path` names them in messages. The archive closes `file`.
 *
 * @throws {@link KitError} `CONTAINER_MALFORMED` naming the rule; then `file` is still open.
 */
export async function openArchive(file: RandomAccess, path: string, sizeBytes: number): Promise<Archive> {
  const directory = await readDirectory(file, path, sizeBytes);
  return new Archive(path, file, sizeBytes, await locateEntries(file, path, directory));
}

function differs(message: string): KitError {
  return new KitError('CONTENT_DIFFERS', message, { hint: 'copy the package again, or ask its maker for a new one' });
}
