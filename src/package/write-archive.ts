// Writes a package in the strict profile: stored unless asked, one order, one date, one mode, so the same content gives the same bytes everywhere.
import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { replaceFile } from '../core/atomic-write.ts';
import { KitError } from '../core/kit-error.ts';
import { ArchiveFeed, stopped } from './archive-feed.ts';
import { type ArchiveSource, bytesSource, type LateSource } from './archive-source.ts';
import { contentDigest, type FileDigest } from './content-digest.ts';
import { nameClash, strictNameProblem } from './entry-name.ts';
import { namesInOrder } from './entry-order.ts';
import { HashedFile } from './hashed-file.ts';
import { collect, ReadAhead } from './read-ahead.ts';
import { deflateLevel, shrinks } from './shrinks.ts';
import { limits } from './zip-format.ts';

/** A package that was written. */
export interface WrittenArchive {
  readonly path: string;
  readonly sizeBytes: number;
  /** SHA-256 of the whole file. */
  readonly sha256: string;
  /** SHA-256 over names and digests of all files but signature.json. */
  readonly contentDigest: string;
}

/** How to write. */
export interface WriteOptions {
  readonly signal?: AbortSignal;
  /** Called when all content has been read, before the archive takes its place: Windows replaces no file that is open. */
  readonly release?: () => Promise<void>;
}

/** Up to here an entry is read into memory, and its header knows its checksum; larger ones are streamed. */
const bufferedBytes = 32 * 1024 * 1024;

/**
 * Writes a package atomically: it is on disk under its name as a whole, or not at all.
 *
 * @throws {@link KitError} `PACKAGE_REFUSED` for names or sizes that no package may have, `WRITE_FAILED`, `INTERRUPTED`.
 */
export async function writeArchive(
  path: string,
  sources: readonly (ArchiveSource | LateSource)[],
  options: WriteOptions = {},
): Promise<WrittenArchive> {
  const { signal, release } = options;
  refuseUnpackable(sources);
  const files: FileDigest[] = [];
  const { sizeBytes, sha256 } = await replaceFile(path, async (staging) => {
    const { ZipArchive } = await import('archiver');
    const archive = new ZipArchive({ zlib: { level: deflateLevel } });
    const file = new HashedFile(staging);
    const failed = new AbortController();
    const stop = AbortSignal.any(signal === undefined ? [failed.signal] : [signal, failed.signal]);
    const written = pipeline(archive, file, { signal: stop });
    const fed = feed(new ArchiveFeed(archive), sources, files).catch((error: unknown) => {
      failed.abort();
      throw error;
    });
    await firstFailure([fed, written], signal);
    await release?.();
    return { sizeBytes: file.sizeBytes, sha256: file.sha256() };
  });
  return { path, sizeBytes, sha256, contentDigest: contentDigest(files) };
}

function refuseUnpackable(sources: readonly (ArchiveSource | LateSource)[]): void {
  const names = sources.map(({ name }) => name);
  const bad = names.find((name) => strictNameProblem(name) !== undefined);
  if (bad !== undefined) throw refused(`${JSON.stringify(bad)} ${strictNameProblem(bad)}`, 'rename the file');
  const clash = nameClash(names);
  if (clash !== undefined) throw refused(`the package ${clash}`, 'rename one of the files');
  if (names.length > limits.entries) throw refused(`${names.length} files are more than the ${limits.entries} of a package`, 'pack fewer');
  const bytes = sources.reduce((sum, source) => sum + ('make' in source ? 0 : source.sizeBytes) + 2 * source.name.length + 128, 22);
  if (bytes > limits.bytes) throw refused(`${bytes} bytes are more than the ${limits.bytes} of a package`, 'make the models smaller');
}

function refused(message: string, hint: string): KitError {
  return new KitError('PACKAGE_REFUSED', message, { hint });
}

/** One entry after the other, each read only when its turn comes. */
async function feed(archive: ArchiveFeed, sources: readonly (ArchiveSource | LateSource)[], files: FileDigest[]): Promise<void> {
  const byName = new Map(sources.map((source) => [source.name, source]));
  const ordered = namesInOrder([...byName.keys()]).flatMap((name) => byName.get(name) ?? []);
  const early = new ReadAhead(ordered);
  for (const [index, found] of ordered.entries()) {
    const { name } = found;
    const source = 'make' in found ? bytesSource(name, await found.make(files)) : found;
    const store = !(found.compress && (await shrinks(source)));
    const hash = source.sha256 === undefined ? createHash('sha256') : undefined;
    const chunks = observed({ ...source, chunks: early.at(index) ?? source.chunks }, (chunk) => hash?.update(chunk));
    const whole = source.sizeBytes > 0 && source.sizeBytes <= bufferedBytes;
    await archive.add({ name, store }, whole ? await collect(chunks) : chunks);
    files.push({ name, sizeBytes: source.sizeBytes, sha256: hash?.digest('hex') ?? source.sha256 ?? '' });
  }
  await archive.end();
}

async function* observed(source: ArchiveSource, see: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  let seen = 0;
  for await (const chunk of source.chunks()) {
    see(chunk);
    seen += chunk.length;
    yield chunk;
  }
  if (seen !== source.sizeBytes) throw refused(`${source.name} changed while it was packed`, 'pack again when nothing writes to it');
}

/** Waits for both ends of the pipe, so that nobody still writes, and throws what made them stop. */
async function firstFailure(ends: readonly Promise<unknown>[], signal: AbortSignal | undefined): Promise<void> {
  const errors = (await Promise.allSettled(ends)).flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
  if (signal?.aborted && errors.length > 0) throw new KitError('INTERRUPTED', 'interrupted');
  const telling = errors.find((error) => error instanceof KitError) ?? errors.find((error) => !isEcho(error));
  if (errors.length > 0) throw telling ?? errors[0];
}

/** What the other end throws only because this one stopped. */
function isEcho(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.message === stopped);
}
