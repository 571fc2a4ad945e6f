// Keeps what is there: files that somebody would miss are not overwritten.
import { stat } from 'node:fs/promises';
import { KitError } from './kit-error.ts';

/** @throws {@link KitError} `FILE_EXISTS` when something lies at the path; `hint` is the way out. */
export async function refuseExisting(path: string, hint: string): Promise<void> {
  if ((await stat(path).catch(() => undefined)) === undefined) return;
  throw new KitError('FILE_EXISTS', `${path} exists already and is not overwritten`, { hint });
}
