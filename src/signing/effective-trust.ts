// Whom this machine trusts in the end: what its user decided, and what the organisation did.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../core/atomic-write.ts';
import { KitError } from '../core/kit-error.ts';
import { systemReason } from '../core/read-error.ts';
import { requireFollowing, requireUnexpired } from './accept-trust.ts';
import { changeLocalTrust } from './change-trust.ts';
import { parseSignedTrust, type SignedTrust, signedTrustText } from './signed-trust.ts';
import {
  type AcceptedTrustFile,
  type LocalTrust,
  readLocalTrust,
  type Trust,
  type TrustFileHead,
  withPin,
  withRevocation,
} from './trust-store.ts';

/** Path of the organisation's trust file in MVAS_HOME. */
export function trustFilePath(home: string): string {
  return join(home, 'trust.json');
}

/**
 * Reads by whom and by what packages are judged; without any file nobody is trusted.
 *
 * @throws {@link KitError} `FILE_INVALID` for a damaged file, `SIGNER_NOT_TRUSTED` or `POLICY_REFUSED` for a trust file that is not the imported one or a later one.
 */
export async function readTrust(home: string): Promise<Trust> {
  const local = await readLocalTrust(home);
  const signed = await readImported(home, local);
  const { pins, revoked } = local;
  if (signed === undefined) return { pins, revoked };
  const { name, version, expires, policies } = signed.file;
  const own = signed.file.pins.reduce(withPin, { pins });
  const refused = signed.file.revoked.reduce(withRevocation, { revoked });
  return { ...own, ...refused, policies, trustFile: { name, version, expires } };
}

/**
 * The organisation's trust file of this machine, if one was imported.
 *
 * @throws {@link KitError} as {@link readTrust} does.
 */
export async function readImported(home: string, { organisation }: LocalTrust): Promise<SignedTrust | undefined> {
  const path = trustFilePath(home);
  const signed = await readSignedTrust(path);
  if (signed === undefined && organisation === undefined) return undefined;
  if (signed === undefined)
    throw notImported(
      path,
      `it is missing, and version ${organisation?.version} was imported here`,
      'import it again with: mvas trust import',
    );
  if (organisation === undefined)
    throw notImported(path, 'it was never imported here', `import it with: mvas trust import ${path} --root FILE`);
  requireFollowing(signed, { source: path, accepted: organisation });
  return signed;
}

/** How to take a trust file over. */
export interface ImportOptions {
  /** When it must not have expired; default now. */
  readonly at?: Date;
  /** Ids of root keys that are known from elsewhere, for the first file. */
  readonly knownRoots?: readonly string[];
  readonly signal?: AbortSignal;
}

/**
 * Takes a trust file over, if it follows from the one before and has not expired.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, `FILE_INVALID`, `SIGNER_NOT_TRUSTED`, `POLICY_REFUSED`, `WRITE_FAILED`; then nothing has changed.
 */
export async function importTrust(
  home: string,
  path: string,
  { at = new Date(), knownRoots = [], signal }: ImportOptions = {},
): Promise<TrustFileHead> {
  const signed = await requireTrustFile(path);
  const { name, version, expires, root } = signed.file;
  const follow = async (local: LocalTrust) => {
    requireFollowing(signed, { source: path, accepted: local.organisation, knownRoots });
    requireUnexpired(signed, at, path);
    // in this order an interruption leaves a file that follows from the one that was imported: it is taken
    await writeFileAtomic(trustFilePath(home), signedTrustText(signed));
    return { ...local, organisation: { version, sha256: signed.sha256, root } };
  };
  await changeLocalTrust(home, follow, signal);
  return { name, version, expires };
}

/**
 * Reads a trust file or a draft, of any origin; undefined when there is none.
 *
 * @throws {@link KitError} `FILE_INVALID`.
 */
export async function readSignedTrust(path: string): Promise<SignedTrust | undefined> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw new KitError('FILE_INVALID', `it cannot be read: ${systemReason(path, cause)}`, {
      thing: path,
      cause,
      hint: 'MVAS_HOME must name a folder that you may read, or nothing',
    });
  });
  return text === undefined ? undefined : parseSignedTrust(text, path);
}

/** @throws {@link KitError} `FILE_NOT_FOUND`, and what {@link readSignedTrust} throws. */
export async function requireTrustFile(path: string): Promise<SignedTrust> {
  const signed = await readSignedTrust(path);
  if (signed !== undefined) return signed;
  throw new KitError('FILE_NOT_FOUND', `${path} does not exist`, { hint: 'check the path' });
}

/** @throws {@link KitError} `FILE_NOT_FOUND` when this machine follows no trust file, and what {@link readImported} throws. */
export async function requireImported(home: string): Promise<SignedTrust> {
  const signed = await readImported(home, await readLocalTrust(home));
  if (signed !== undefined) return signed;
  throw followsNone(home);
}

/**
 * Follows the organisation's trust file no longer.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` when this machine follows none; `FILE_INVALID`, `WRITE_FAILED`.
 */
export async function leaveTrust(home: string, signal?: AbortSignal): Promise<AcceptedTrustFile> {
  const leave = async ({ organisation, ...own }: LocalTrust) => {
    if (organisation === undefined) throw followsNone(home);
    await rm(trustFilePath(home), { force: true });
    return { ...own, left: organisation };
  };
  return (await changeLocalTrust(home, leave, signal)).left;
}

function followsNone(home: string): KitError {
  return new KitError('FILE_NOT_FOUND', 'this machine follows no trust file of an organisation', {
    thing: home,
    hint: 'import one with: mvas trust import',
  });
}

function notImported(path: string, rule: string, hint: string): KitError {
  return new KitError('FILE_INVALID', rule, { thing: path, hint });
}
