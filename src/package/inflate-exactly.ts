// Inflates an entry to exactly the size that its header gives: never more, never fewer, nothing left over.
import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { KitError, toErrorText } from '../core/kit-error.ts';
import type { ArchiveEntry } from './local-entries.ts';

/** @throws {@link KitError} `CONTENT_DIFFERS` when the data is damaged or has another size. */
export async function* inflateExactly(compressed: AsyncIterable<Buffer>, entry: ArchiveEntry): AsyncGenerator<Buffer, void, undefined> {
  const inflate = createInflateRaw({ chunkSize: 256 * 1024 });
  const source = Readable.from(compressed);
  source.on('error', (error) => inflate.destroy(error));
  source.pipe(inflate);
  let size = 0;
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > entry.sizeBytes) break;
      yield chunk;
    }
  } catch (cause) {
    if (cause instanceof KitError) throw cause;
    throw new KitError('CONTENT_DIFFERS', `${entry.name} cannot be inflated: ${toErrorText(cause)}`, {
      cause,
      hint: 'copy the package again',
    });
  } finally {
    source.destroy();
    inflate.destroy();
  }
  if (size === entry.sizeBytes && inflate.bytesWritten === entry.compressedBytes) return;
  throw new KitError('CONTENT_DIFFERS', `${entry.name} does not inflate to the ${entry.sizeBytes} bytes that its header gives`, {
    hint: 'copy the package again',
  });
}
