// Finds out whether a file is worth deflating, by doing it.
import { finished } from 'node:stream/promises';
import { createDeflateRaw } from 'node:zlib';
import type { ArchiveSource } from './archive-source.ts';
import { limits } from './zip-format.ts';

export const deflateLevel = 6;

/** Whether a file gets smaller, yet not so much that readers take it for a bomb. */
export async function shrinks(source: ArchiveSource): Promise<boolean> {
  if (source.sizeBytes === 0) return false;
  const deflate = createDeflateRaw({ level: deflateLevel });
  let bytes = 0;
  deflate.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  const done = finished(deflate);
  for await (const chunk of source.chunks()) {
    if (!deflate.write(chunk)) await new Promise((resolve) => deflate.once('drain', resolve));
  }
  deflate.end();
  await done;
  return bytes < source.sizeBytes && source.sizeBytes <= (limits.ratio / 2) * bytes;
}
