// Reads a library before it is loaded, so that what is wrong with it is said by name.
import { resolve } from 'node:path';
import { readBinary } from '../binary/read-binary.ts';
import { KitError } from '../core/kit-error.ts';
import { hostPlatform } from '../core/platform.ts';
import { requiredSymbols } from './abi.ts';

/**
 * Makes sure that a file can be a plugin on this machine, and returns its absolute path.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`; `PLUGIN_INVALID` for a file that is no library, one for another machine, one
 * without the required functions.
 */
export function requirePlugin(library: string): string {
  const path = resolve(library);
  const binary = readBinary(path);
  if (binary.type !== 'library') throw invalid(`${path} is an ${binary.type}, not a shared library`, 'link it with -shared (MSVC: /DLL)');
  const here = hostPlatform();
  if (!binary.platforms.includes(here)) {
    const itsOwn = binary.platforms.join(' and ') || `${binary.os}, ${binary.machine}, ${binary.bits} bits`;
    throw invalid(`${path} is for ${itsOwn}, this machine is ${here}`, `build it for ${here}`);
  }
  const names = new Set(binary.exports.map(({ name }) => name));
  const missing = requiredSymbols.filter((name) => !names.has(name));
  if (missing.length === 0) return path;
  const mangled = binary.exports.some(({ name }) => name.startsWith('_Z') && missing.some((symbol) => name.includes(symbol)));
  throw invalid(
    `${path} does not export ${missing.join(', ')}`,
    mangled ? 'the names are mangled: declare them extern "C"' : 'a plugin defines every required function of mvas_plugin.h and exports it',
  );
}

function invalid(message: string, hint: string): KitError {
  return new KitError('PLUGIN_INVALID', message, { hint });
}
