// Opens an installed app: its files must be as they were installed, and nothing of it revoked since.
import { join } from 'node:path';
import { firstFew } from '../../core/first-few.ts';
import type { Io } from '../../core/io.ts';
import { KitError } from '../../core/kit-error.ts';
import { readTrust } from '../../signing/effective-trust.ts';
import { mvasHome } from '../../signing/mvas-home.ts';
import { recalled } from '../../signing/recall.ts';
import type { Trust } from '../../signing/trust-store.ts';
import { installedIds, readCurrent } from './current.ts';
import { signerOf } from './install.ts';
import { appFolder, releasePlaces } from './places.ts';
import { type InstallRecord, readRecord } from './record.ts';
import { fileDifferences } from './verify-files.ts';

/** An installed app that may be loaded. */
export interface OpenInstalled {
  /** Folder of its files. */
  readonly root: string;
  readonly version: string;
  /** Who vouches for it, in words. */
  readonly trust: string;
}

/**
 * The id of the only installed app whose id is `name` or ends with `.name`; undefined when there is none.
 *
 * @throws {@link KitError} `FLAG_INVALID` when there are several.
 */
export async function findInstalled(home: string, name: string): Promise<string | undefined> {
  const ids = await installedIds(home);
  if (ids.includes(name)) return name;
  const ending = ids.filter((id) => id.endsWith(`.${name}`));
  if (ending.length < 2) return ending[0];
  throw new KitError('FLAG_INVALID', `${name} may be ${ending.join(' or ')}`, { hint: 'name the whole id' });
}

/**
 * Opens the release of an app in use. Neither an expired certificate nor an expired trust file stops it.
 *
 * @throws {@link KitError} `CONTENT_DIFFERS` for files that are not as they were installed, `REVOKED`, `FILE_INVALID`, `INTERRUPTED`.
 */
export async function openInstalled(id: string, io: Pick<Io, 'env' | 'signal'>): Promise<OpenInstalled> {
  const home = mvasHome(io.env);
  const current = await readCurrent(home, id);
  if (current === undefined) throw notInstalled(id);
  const release = join(appFolder(home, id), current.release);
  const record = await requireSound(release, await readTrust(home), io.signal);
  const signer = signerOf(record);
  return {
    root: releasePlaces(release).app,
    version: record.version,
    trust: signer === null ? 'installed UNSIGNED, because that was allowed' : `installed, signed by ${signer}`,
  };
}

/** @throws {@link KitError} as {@link openInstalled} does. */
export async function requireSound(release: string, trust: Trust, signal?: AbortSignal): Promise<InstallRecord> {
  const record = await readRecord(release);
  const [recall] = recalled(record, trust);
  const thing = `${record.id} ${record.version}`;
  if (recall !== undefined)
    throw new KitError('REVOKED', recall.message, { thing, hint: 'install a package that replaces it, or go back with: mvas rollback' });
  const differences = await fileDifferences(release, record, signal);
  if (differences.length === 0) return record;
  throw new KitError('CONTENT_DIFFERS', `since it was installed ${firstFew(differences)}`, {
    thing,
    hint: 'install the package again with: mvas install',
  });
}

/** An app that is not installed, as an error. */
export function notInstalled(name: string): KitError {
  return new KitError('FILE_NOT_FOUND', `${name} is not installed`, { hint: 'see what is installed with: mvas list' });
}
