// A new file that is written in large steps, whatever pieces come, and hashed while the disk works.
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { Writable } from 'node:stream';

const stepBytes = 256 * 1024;

type Done = (error?: Error | null) => void;

/** A stream to a file that must not exist yet; it is closed when the stream has finished. */
export class HashedFile extends Writable {
  /** Bytes written so far. */
  sizeBytes = 0;
  readonly #path: string;
  readonly #hash = createHash('sha256');
  #file: FileHandle | undefined;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;

  constructor(path: string) {
    super({ highWaterMark: 1024 * 1024, decodeStrings: false });
    this.#path = path;
  }

  /** SHA-256 of the whole file, once it has finished. */
  sha256(): string {
    return this.#hash.digest('hex');
  }

  override _construct(done: Done): void {
    const opened = open(this.#path, 'wx').then((file) => {
      this.#file = file;
    });
    settle(opened, done);
  }

  override _write(chunk: Buffer, _encoding: string, done: Done): void {
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    if (this.#waitingBytes < stepBytes) done();
    else settle(this.#flush(), done);
  }

  override _final(done: Done): void {
    settle(
      this.#flush().then(() => this.#close()),
      done,
    );
  }

  override _destroy(error: Error | null, done: Done): void {
    settle(this.#close(), (failure) => done(error ?? failure ?? null));
  }

  async #flush(): Promise<void> {
    const bytes = this.#waiting.length === 1 ? this.#waiting[0] : Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    if (bytes === undefined || bytes.length === 0) return;
    const written = this.#file?.writeFile(bytes);
    this.#hash.update(bytes);
    this.sizeBytes += bytes.length;
    await written;
  }

  async #close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }
}

function settle(work: Promise<void>, done: Done): void {
  void work.then(() => done(), done);
}
