// Reads the small files of a package a little ahead of their turn.
import type { ArchiveSource, LateSource } from './archive-source.ts';

/** So many files are read ahead, if they are no larger than that. */
const aheadFiles = 8;
const aheadBytes = 256 * 1024;

/** Reads the next small files while one is written: a disk that is asked for one at a time mostly waits. */
export class ReadAhead {
  readonly #sources: readonly (ArchiveSource | LateSource)[];
  readonly #begun = new Map<number, Promise<Buffer>>();
  #next = 0;

  constructor(sources: readonly (ArchiveSource | LateSource)[]) {
    this.#sources = sources;
  }

  /** The chunks of a source that was read ahead; undefined for one that is large, empty, compressed or not made yet. */
  at(index: number): ArchiveSource['chunks'] | undefined {
    for (this.#next = Math.max(this.#next, index); this.#next < Math.min(index + aheadFiles, this.#sources.length); this.#next++) {
      const source = this.#sources[this.#next];
      if (source === undefined || 'make' in source || source.compress || source.sizeBytes === 0 || source.sizeBytes > aheadBytes) continue;
      const reading = collect(source.chunks());
      reading.catch(() => undefined); // told when its turn comes
      this.#begun.set(this.#next, reading);
    }
    const reading = this.#begun.get(index);
    this.#begun.delete(index);
    return (
      reading &&
      async function* () {
        yield await reading;
      }
    );
  }
}

/** All bytes of a source. */
export async function collect(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}
