// Changes what this user decided, one process after the other: of two changes at once none is lost.
import { join } from 'node:path';
import { lockFile } from '../process/lock-file.ts';
import { type LocalTrust, readLocalTrust, writeLocalTrust } from './trust-store.ts';

/**
 * Reads the trust of this user, changes it and writes it back while no other process does.
 *
 * @param change - Gives the new trust; when it throws, nothing is changed.
 * @returns What `change` gave.
 * @throws {@link KitError} `FILE_INVALID` for a damaged file, `WRITE_FAILED`, `INTERRUPTED`, and what `change` throws.
 */
export async function changeLocalTrust<T extends LocalTrust>(
  home: string,
  change: (trust: LocalTrust) => T | Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  await using _lock = await lockFile(join(home, '.trust.lock'), { signal });
  const changed = await change(await readLocalTrust(home));
  await writeLocalTrust(home, changed);
  return changed;
}
