// Writes a page that a command made, beside the reports or where the caller wants it.
import { resolve } from 'node:path';
import { writeFileAtomic } from '../core/atomic-write.ts';
import type { Io } from '../core/io.ts';

/** Writes a page to a path relative to the working directory, and says where it is. */
export async function writePage(io: Pick<Io, 'cwd' | 'progress'>, path: string, document: string): Promise<void> {
  const place = resolve(io.cwd, path);
  await writeFileAtomic(place, document);
  io.progress(`page: ${place}`);
}
