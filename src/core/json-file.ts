// Reads JSON files that people wrote: size-capped, with errors that name the file and the place.
import { readFile, stat } from 'node:fs/promises';
import { jsonFault } from './json-fault.ts';
import { KitError } from './kit-error.ts';
import { readError } from './read-error.ts';

const maxBytes = 16 * 1024 * 1024;

/**
 * Reads a JSON file.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` or `FILE_INVALID` naming the path and the place of the fault.
 */
export async function readJsonFile(path: string): Promise<unknown> {
  const text = (await readText(path)).replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new KitError('FILE_INVALID', `${path} ${jsonFault(text, cause)}`, { cause, hint: 'mend the JSON at that place' });
  }
}

async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > maxBytes) throw new KitError('FILE_INVALID', `${path} has ${size} bytes, more than ${maxBytes} are not read as JSON`);
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw readError(path, cause, 'check the path');
  }
}
