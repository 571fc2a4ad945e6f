// Gives the files of a package to the ZIP library in their order: those in memory without waiting for each, streams one by one.
import { once } from 'node:events';
import { Readable } from 'node:stream';
import type { ZipArchive } from 'archiver';

/** So many bytes may wait for the library. */
const aheadBytes = 1024 * 1024;

/** As the strict profile wants every entry. */
export const entryForm = { date: new Date(Date.UTC(1980, 0, 1)), mode: 0o644 } as const;

/** Why a feed ends when it is the other end of the pipe that failed. */
export const stopped = 'the other end of the pipe stopped';

/** Adds entries to an archive, no faster than it takes them. */
export class ArchiveFeed {
  readonly #archive: ZipArchive;
  /** Sizes of the entries that the library has not written yet. */
  readonly #given: number[] = [];
  #givenBytes = 0;

  constructor(archive: ZipArchive) {
    this.#archive = archive;
    archive.on('entry', () => {
      this.#givenBytes -= this.#given.shift() ?? 0;
    });
  }

  /** Resolves when there is room for one more; the library takes the end of a failed stream for its proper end, so failures go around it. */
  async add(entry: { readonly name: string; readonly store: boolean }, content: Buffer | AsyncIterable<Buffer>): Promise<void> {
    if (Buffer.isBuffer(content)) {
      this.#give(entry, content, content.length);
      return await this.#until(() => this.#givenBytes <= aheadBytes);
    }
    const source = Readable.from(content, { objectMode: false });
    const failure = new Promise<never>((_resolve, reject) => {
      source.once('error', reject);
    });
    this.#give(entry, source, 0);
    const written = this.#until(() => this.#given.length === 0);
    await Promise.race([written, failure]).finally(() => source.destroy());
  }

  /** Writes the directory. */
  async end(): Promise<void> {
    await this.#archive.finalize();
  }

  #give(entry: { readonly name: string; readonly store: boolean }, source: Buffer | Readable, bytes: number): void {
    if (this.#archive.destroyed) throw new Error(stopped);
    this.#given.push(bytes);
    this.#givenBytes += bytes;
    this.#archive.append(source, { ...entryForm, ...entry });
  }

  async #until(enough: () => boolean): Promise<void> {
    while (!enough()) {
      if (this.#archive.destroyed) throw new Error(stopped);
      await once(this.#archive, 'entry');
    }
  }
}
