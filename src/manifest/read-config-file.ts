// Reads a file of settings that a caller names.
import { readFile } from 'node:fs/promises';
import { KitError } from '../core/kit-error.ts';
import { readError } from '../core/read-error.ts';
import { type Config, parseConfig } from './effective-config.ts';

/**
 * Reads a JSON object of settings.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` or `CONFIG_INVALID` naming the path.
 */
export async function readConfigFile(path: string): Promise<Config> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw readError(path, cause, 'check the path after --config');
  });
  return parseConfig(text, path);
}
