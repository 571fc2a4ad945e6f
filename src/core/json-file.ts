// Reads JSON files that people wrote: size-capped, with errors that name the file and the place.
import { readFile, stat } from 'node:fs/promises';
import { KitError, toErrorText } from './kit-error.ts';
import { readError } from './read-error.ts';

const maxBytes = 16 * 1024 * 1024;

/**
 * Reads a JSON file.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` or `FILE_INVALID` naming the path and what the parser said.
 */
export async function readJsonFile(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch (cause) {
    throw new KitError('FILE_INVALID', `${path} ${jsonFault(cause)}`, { cause, hint: 'mend the JSON at that place' });
  }
}

/** What `JSON.parse` threw, as the end of a sentence in one line: it quotes the text around the place, line ends included. */
export function jsonFault(cause: unknown): string {
  const said = toErrorText(cause)
    .replaceAll(/\s+/g, ' ')
    .replace(/ is not valid JSON$/, '');
  return `is not valid JSON: ${said}`;
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
