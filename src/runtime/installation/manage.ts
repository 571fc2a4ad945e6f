// Lists, rolls back and removes installed apps.
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stagingPath, writeError } from '../../core/atomic-write.ts';
import type { Io } from '../../core/io.ts';
import { KitError } from '../../core/kit-error.ts';
import { lockFile } from '../../process/lock-file.ts';
import { readTrust } from '../../signing/effective-trust.ts';
import { mvasHome } from '../../signing/mvas-home.ts';
import { recalled } from '../../signing/recall.ts';
import { installedIds, readCurrent, readInUse, writeCurrent } from './current.ts';
import { signerOf } from './install.ts';
import { findInstalled, notInstalled, requireSound } from './open-installed.ts';
import { appFolder, lockPath } from './places.ts';

/** An installed app, as it is listed. */
export interface ListedApp {
  readonly id: string;
  readonly version: string;
  /** `damaged` where its record cannot be read; its files are compared when it is loaded. */
  readonly status: 'installed' | 'revoked' | 'damaged';
  /** Null for an unsigned one. */
  readonly signer: string | null;
  /** ISO 8601. */
  readonly installedAt: string | null;
  /** What `mvas rollback` goes back to: version and content. */
  readonly previous: string | null;
}

/** All installed apps of this user, by id. */
export async function listInstalled(io: Pick<Io, 'env'>): Promise<ListedApp[]> {
  const home = mvasHome(io.env);
  const trust = await readTrust(home);
  return await Promise.all(
    (await installedIds(home)).map(async (id): Promise<ListedApp> => {
      try {
        const inUse = await readInUse(home, id);
        if (inUse === undefined) throw notInstalled(id);
        const { current, record } = inUse;
        const status = recalled(record, trust).length > 0 ? 'revoked' : 'installed';
        const { version, installedAt } = record;
        return { id, version, status, signer: signerOf(record), installedAt, previous: current.previous ?? null };
      } catch (error) {
        if (!(error instanceof KitError)) throw error;
        return { id, version: '?', status: 'damaged', signer: null, installedAt: null, previous: null };
      }
    }),
  );
}

/** Versions of an app before and after a change. */
export interface Rollback {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Puts the release before the present one to use again; done twice, it is as before.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` when the app, or a release before, is not there; `CONTENT_DIFFERS`, `REVOKED` for that release; `WRITE_FAILED`.
 */
export async function rollBack(name: string, io: Pick<Io, 'env' | 'signal'>): Promise<Rollback> {
  const home = mvasHome(io.env);
  await using _lock = await lockFile(lockPath(home), { signal: io.signal });
  const id = await requireInstalled(home, name);
  const current = await readCurrent(home, id);
  if (current?.previous === undefined)
    throw new KitError('FILE_NOT_FOUND', 'no release was in use before', {
      thing: id,
      hint: 'install an earlier package with: mvas install --allow-downgrade',
    });
  const { version: to } = await requireSound(join(appFolder(home, id), current.previous), await readTrust(home), io.signal);
  await writeCurrent(home, id, { release: current.previous, previous: current.release });
  return { id, from: versionOf(current.release), to };
}

/**
 * Removes an app with all its releases; gives its id.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, `WRITE_FAILED`.
 */
export async function uninstall(name: string, io: Pick<Io, 'env' | 'signal'>): Promise<string> {
  const home = mvasHome(io.env);
  await using _lock = await lockFile(lockPath(home), { signal: io.signal });
  const id = await requireInstalled(home, name);
  const aside = stagingPath(appFolder(home, id));
  try {
    // gone at once, and only then removed: nobody sees half of it
    await rename(appFolder(home, id), aside);
    await rm(aside, { recursive: true, force: true, maxRetries: 5 });
  } catch (cause) {
    throw writeError(dirname(aside), cause);
  }
  return id;
}

async function requireInstalled(home: string, name: string): Promise<string> {
  const id = await findInstalled(home, name);
  if (id === undefined) throw notInstalled(name);
  return id;
}

function versionOf(release: string): string {
  return release.slice(0, -'-12345678'.length);
}
