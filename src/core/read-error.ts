// What the system says when it refuses a file: its words, without the path that every message names already.
import { dirname, resolve } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import { KitError, toErrorText } from './kit-error.ts';

/** Where the system's words are those of people who write systems. */
const ownWords: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a file stands where a folder should be',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
};

/** A file or folder that cannot be read, as an error that names it once; what is a KitError already stays what it is. */
export function readError(path: string, cause: unknown, hint: string): KitError {
  if (cause instanceof KitError) return cause;
  return new KitError('FILE_NOT_FOUND', `${path} cannot be read: ${systemReason(path, cause)}`, { cause, hint });
}

/** Whether the disk, or what this user may take of it, is used up. */
export function isFullDisk(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && (cause.code === 'ENOSPC' || cause.code === 'EDQUOT');
}

/** Why the system refused `path`, in words; another path is named where that one is at fault, such as a folder above. */
export function systemReason(path: string, cause: unknown): string {
  const { errno = 0, code = '', path: at } = cause as NodeJS.ErrnoException;
  if (isFullDisk(cause)) return 'the disk is full';
  const words = ownWords[code] ?? getSystemErrorMap().get(errno)?.[1] ?? toErrorText(cause);
  const isElsewhere = at !== undefined && dirname(resolve(at)) !== dirname(resolve(path));
  return isElsewhere ? `${words} (${at})` : words;
}
