// Whether a name is taken.
import { lstat } from 'node:fs/promises';

/** Whether anything is at a path; a link that leads nowhere counts. */
export async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}
