// Which release of an app is in use, and which one was before: a small file that is replaced as a whole.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FromSchema } from 'json-schema-to-ts';
import { writeFileAtomic } from '../../core/atomic-write.ts';
import { readJsonFile } from '../../core/json-file.ts';
import { KitError } from '../../core/kit-error.ts';
import { brokenRules } from '../../schema/broken-rules.ts';
import { lazySchema } from '../../schema/compile-schema.ts';
import { appFolder, pluginsFolder } from './places.ts';
import { type InstallRecord, readRecord, reinstallHint } from './record.ts';

const release = { type: 'string', pattern: '^[^/\\\\:]+-[0-9a-f]{8}$' } as const;
const currentSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['release'],
  properties: { release, previous: release },
} as const;

/** The release in use, and the one that `mvas rollback` goes back to. */
export type Current = FromSchema<typeof currentSchema>;

const checkCurrent = lazySchema(currentSchema);

/**
 * The release of an app in use; undefined when it is not installed.
 *
 * @throws {@link KitError} `FILE_INVALID` for a damaged file.
 */
export async function readCurrent(home: string, id: string): Promise<Current | undefined> {
  const path = join(appFolder(home, id), 'current');
  const value = await readJsonFile(path).catch((error: unknown) => {
    if (error instanceof KitError && error.code === 'FILE_NOT_FOUND') return undefined;
    throw error;
  });
  if (value === undefined) return undefined;
  const broken = brokenRules(checkCurrent(value));
  if (broken === undefined) return value as Current;
  throw new KitError('FILE_INVALID', broken, { thing: path, hint: reinstallHint });
}

/** The release in use: where it lies, and what is remembered of it. */
export interface InUse {
  readonly current: Current;
  readonly folder: string;
  readonly record: InstallRecord;
}

/**
 * The release of an app in use, with its record; undefined when it is not installed.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, `FILE_INVALID` for damaged files.
 */
export async function readInUse(home: string, id: string): Promise<InUse | undefined> {
  const current = await readCurrent(home, id);
  if (current === undefined) return undefined;
  const folder = join(appFolder(home, id), current.release);
  return { current, folder, record: await readRecord(folder) };
}

/** Puts a release to use. */
export async function writeCurrent(home: string, id: string, current: Current): Promise<void> {
  await writeFileAtomic(join(appFolder(home, id), 'current'), `${JSON.stringify(current)}\n`);
}

/** Ids of all apps that are installed, sorted. */
export async function installedIds(home: string): Promise<string[]> {
  const names: string[] = await readdir(pluginsFolder(home)).catch(() => []);
  const isInstalled = async (name: string): Promise<boolean> =>
    !name.startsWith('.') && (await stat(join(appFolder(home, name), 'current')).catch(() => undefined)) !== undefined;
  const found = await Promise.all(names.map(async (name) => ((await isInstalled(name)) ? [name] : [])));
  return found.flat().sort();
}
