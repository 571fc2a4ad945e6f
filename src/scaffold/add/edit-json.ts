// Edits one JSON file of a project as part of an addition; its formatting stays.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readJsonFile } from '../../core/json-file.ts';
import { KitError } from '../../core/kit-error.ts';
import type { Decision } from '../upgrade/decide-file.ts';
import { setValues } from '../upgrade/merge-json.ts';
import { requireResolved } from '../upgrade/require-resolved.ts';

/**
 * Sets the values of a file that it has not got yet; those that it has stay.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` or `FILE_INVALID` when the file is missing or no JSON object.
 */
export async function addValues(root: string, path: string, values: readonly (readonly [readonly string[], unknown])[]): Promise<Decision> {
  const present = await readObject(root, path);
  const missing = values.filter(([keys]) => valueAt(present, keys) === undefined);
  if (missing.length === 0) return { path, action: 'identical', changes: [] };
  const text = await readFile(join(root, path), 'utf8');
  const data = Buffer.from(
    setValues(
      text,
      missing.map(([keys, value]) => ({ path: [...keys], value })),
    ),
  );
  return { path, action: 'merge', changes: [{ path, data, mode: 0o644 }] };
}

/**
 * A JSON file of the project that holds an object.
 *
 * @throws {@link KitError} `CONFLICT_UNRESOLVED` where a merge left its markers in it, else `FILE_NOT_FOUND` or `FILE_INVALID`.
 */
export async function readObject(root: string, path: string): Promise<Record<string, unknown>> {
  await requireResolved(root, [path]);
  const file = join(root, path);
  const read = await readJsonFile(file);
  if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read as Record<string, unknown>;
  throw new KitError('FILE_INVALID', `${file} must hold a JSON object`, { hint: 'mend it, or take it back from version control' });
}

/** The value at a path of keys, or undefined. */
export function valueAt(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined), value);
}
