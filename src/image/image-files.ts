// The picture files of a folder, in the order people expect.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { KitError } from '../core/kit-error.ts';
import { readError } from '../core/read-error.ts';
import { imageKinds } from './image-kind.ts';

const extensions: readonly string[] = Object.values(imageKinds).flat();
const collator = new Intl.Collator('en', { numeric: true });

/** Compares file names so that 2 comes before 10; equal ones fall back to code units, so the order is the same everywhere. */
export function compareNames(a: string, b: string): number {
  return collator.compare(a, b) || Number(a > b) - Number(a < b);
}

/** Whether a file name has an extension of a picture format that is read, in any case. */
export function hasImageExtension(name: string): boolean {
  return extensions.some((extension) => name.toLowerCase().endsWith(extension));
}

/**
 * Lists the picture files of a folder and its subfolders, as paths relative to it with `/`, in natural order.
 * Hidden files and folders are left out.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` when the folder cannot be read.
 */
export async function listImageFiles(folder: string): Promise<string[]> {
  const found = await filesBelow(folder, '').catch((cause: unknown) => {
    throw readError(folder, cause, 'name a folder of pictures');
  });
  return found.sort(compareNames);
}

async function filesBelow(folder: string, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(join(folder, ...prefix.split('/')), { withFileTypes: true })) {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) found.push(...(await filesBelow(folder, path)));
    else if (hasImageExtension(entry.name)) found.push(path);
  }
  return found;
}
