// Where the lineage of a key lies: beside its other files.
import type { KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { KitError } from '../core/kit-error.ts';
import { readError } from '../core/read-error.ts';
import { keyId } from './keys.ts';
import { type LineageLink, parseLineage, parseLineageFile } from './lineage.ts';

/** Path of the lineage beside a key's file: `<name>.lineage.json`. */
export function lineagePath(keyPath: string): string {
  return `${keyPath.replace(/(\.(key|cert|pub))?\.(pem|p12|pfx)$/i, '')}.lineage.json`;
}

/** The lineage of the key whose file is named, or none; one of another key does not count. */
export async function lineageBeside(keyPath: string, key: KeyObject): Promise<LineageLink[]> {
  const links = (await readLineage(lineagePath(keyPath))) ?? [];
  return parseLineage(links).at(-1)?.to === keyId(key) ? links : [];
}

/**
 * The lineage in a file, which must lead to a key.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, `SIGNATURE_INVALID`, `KEY_INVALID` when it is the lineage of another key.
 */
export async function requireLineage(path: string, key: KeyObject): Promise<LineageLink[]> {
  const links = await readLineage(path);
  if (links === undefined) throw new KitError('FILE_NOT_FOUND', `${path} does not exist`, { hint: 'make it with: mvas keygen rotate' });
  if (parseLineage(links).some(({ to }) => to === keyId(key))) return links;
  throw new KitError('KEY_INVALID', `${path} is not the lineage of key ${keyId(key).slice(0, 16)}`, {
    hint: 'name the lineage of the key that signs',
  });
}

async function readLineage(path: string): Promise<LineageLink[] | undefined> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw readError(path, cause, 'mend the file beside the key');
  });
  return text === undefined ? undefined : parseLineageFile(text, path);
}
