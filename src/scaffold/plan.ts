// Says what writing a project would do to each file, before anything is written.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from '../core/digest.ts';
import { KitError } from '../core/kit-error.ts';
import { readError } from '../core/read-error.ts';
import type { ProjectFile } from './render.ts';

/** What happens to one file. */
export interface PlannedFile {
  /** Path in the project, with `/`. */
  readonly path: string;
  /** `conflict`: another file of that name is there, and it is not overwritten. */
  readonly action: 'create' | 'identical' | 'conflict';
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Compares files with what lies in `root`. */
export async function planFiles(root: string, files: readonly ProjectFile[]): Promise<PlannedFile[]> {
  return await Promise.all(files.map((file) => planFile(root, file)));
}

async function planFile(root: string, { path, data }: ProjectFile): Promise<PlannedFile> {
  const sha256 = sha256Hex(data);
  const action = await readFile(join(root, path)).then(
    (present) => (sha256Hex(present) === sha256 ? 'identical' : 'conflict'),
    (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' || error.code === 'ENOTDIR' ? 'create' : 'conflict'),
  );
  return { path, action, sha256, sizeBytes: data.length };
}

/**
 * Makes sure that a project may be written to `root`: the folder is missing, or holds nothing but a git repository.
 *
 * @throws {@link KitError} `FILE_EXISTS` naming what is in the way.
 */
export async function requireFreeFolder(root: string): Promise<void> {
  const entries = (await entriesOf(root)).filter((entry) => entry !== '.git');
  if (entries.length === 0) return;
  const shown = entries.slice(0, 3).join(', ');
  throw new KitError(
    'FILE_EXISTS',
    `${root} is not empty: it holds ${shown}${entries.length > 3 ? ` and ${entries.length - 3} more` : ''}`,
    {
      hint: 'choose another folder; nothing is overwritten',
    },
  );
}

async function entriesOf(root: string): Promise<string[]> {
  try {
    return (await readdir(root)).sort();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR') throw new KitError('FILE_EXISTS', `${root} is a file, not a folder`, { cause, hint: 'choose another folder' });
    throw readError(root, cause, 'choose a folder you may write to');
  }
}
