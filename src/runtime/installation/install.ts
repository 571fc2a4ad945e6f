// Installs a package: verified as a whole, unpacked beside its place, put to use by one rename.
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stagingPath, syncFolder, writeError, writeFileAtomic } from '../../core/atomic-write.ts';
import type { Io } from '../../core/io.ts';
import { hostPlatform } from '../../core/platform.ts';
import { contentDigest, type FileDigest } from '../../package/content-digest.ts';
import { unpackTo } from '../../package/unpack.ts';
import { lockFile } from '../../process/lock-file.ts';
import type { InstalledPackage } from '../../signing/installed-package.ts';
import { mvasHome } from '../../signing/mvas-home.ts';
import { requireTrusted, type TrustedPackage } from '../../signing/require-trusted.ts';
import { type Current, readInUse, writeCurrent } from './current.ts';
import { appFolder, isLeftover, lockPath, pluginsFolder, releaseName, releasePlaces } from './places.ts';
import { type InstallRecord, readRecord } from './record.ts';
import { fileDifferences } from './verify-files.ts';

/** How to install. */
export interface InstallOptions {
  /** Gives MVAS_HOME and the signal that interrupts. */
  readonly io: Pick<Io, 'env' | 'signal'>;
  /** Take a package without any signature. */
  readonly allowUnsigned?: boolean;
  /** An older version may replace a newer one. */
  readonly allowDowngrade?: boolean;
}

/** What was installed. */
export interface Installed {
  readonly id: string;
  readonly version: string;
  /** Folder of its files. */
  readonly folder: string;
  /** Who vouches for it: the subject of a certificate, or the id of a key; null for an unsigned package. */
  readonly signer: string | null;
  /** The version that was in use before. */
  readonly replaced: string | null;
}

/**
 * Installs a package for this user. Until the last step the release before stays in use; after a failure, a kill or a power cut it still is.
 *
 * @throws {@link KitError} exit 10 to 17 when it is not trusted or must not replace what is installed, `WRITE_FAILED`, `INTERRUPTED`.
 */
export async function installPackage(path: string, { io, ...rules }: InstallOptions): Promise<Installed> {
  const home = mvasHome(io.env);
  await using _lock = await lockFile(lockPath(home), { signal: io.signal });
  const installed = (id: string) => installedPackageOf(home, id);
  const trusted = await requireTrusted(path, { ...rules, installed, io, platform: hostPlatform(), use: 'install' });
  await using _archive = trusted.archive;
  const record = recordOf(trusted, new Date());
  const before = await readInUse(home, record.id);
  const release = releaseName(record.version, contentDigest(record.files));
  await sweep(home, record.id);
  await place(trusted, record, join(appFolder(home, record.id), release), io.signal);
  await putToUse(home, record.id, release, before?.current);
  return {
    id: record.id,
    version: record.version,
    folder: releasePlaces(join(appFolder(home, record.id), release)).app,
    signer: signerOf(record),
    replaced: before?.record.version ?? null,
  };
}

/** Who vouches for a release, in words; null when nobody does. */
export function signerOf({ signatures: [first] }: InstallRecord): string | null {
  return first === undefined ? null : (first.subject ?? `key ${first.keyid.slice(0, 16)}`);
}

/** What an update is judged by. */
async function installedPackageOf(home: string, id: string): Promise<InstalledPackage | undefined> {
  const inUse = await readInUse(home, id);
  if (inUse === undefined) return undefined;
  const { version, versionCode, signatures } = inUse.record;
  return { id, version, ...(versionCode === undefined ? {} : { versionCode }), signers: signatures.map(({ keyid }) => keyid) };
}

function recordOf({ archive, manifest: { app }, digests, envelope, verification }: TrustedPackage, at: Date): InstallRecord {
  const files: FileDigest[] = [...digests].map(([name, sha256]) => ({ name, sizeBytes: archive.find(name)?.sizeBytes ?? 0, sha256 }));
  const subjects = new Map(verification.signers.filter(({ trusted }) => trusted).map(({ keyId, subject }) => [keyId, subject]));
  const signatures = (envelope?.signatures ?? []).filter(({ keyid }) => subjects.has(keyid));
  return {
    formatVersion: 1,
    id: app.id,
    version: app.version,
    ...(app.version_code === undefined ? {} : { versionCode: app.version_code }),
    installedAt: at.toISOString(),
    files,
    signatures: signatures.map((signature) => {
      const subject = subjects.get(signature.keyid);
      return { ...signature, ...(subject === undefined ? {} : { subject }) };
    }),
  };
}

/** Puts a release into its folder; one that is there and whole stays, another is replaced. */
async function place(trusted: TrustedPackage, record: InstallRecord, folder: string, signal: AbortSignal): Promise<void> {
  const there = await readRecord(folder).catch(() => undefined);
  const isWhole = there !== undefined && (await fileDifferences(folder, there, signal)).length === 0;
  const staging = stagingPath(folder);
  try {
    await mkdir(staging, { recursive: true, mode: 0o700 });
    if (!isWhole) await unpackTo(trusted.archive, releasePlaces(staging).app, trusted.digests, signal);
    if (isWhole) return await writeRecord(folder, record);
    await writeRecord(staging, record);
    await rename(folder, stagingPath(folder)).catch(() => undefined); // what is damaged, if anything; swept later
    await rename(staging, folder);
    await syncFolder(join(folder, '..'));
  } catch (cause) {
    throw writeError(folder, cause);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function writeRecord(folder: string, record: InstallRecord): Promise<void> {
  await writeFileAtomic(releasePlaces(folder).record, `${JSON.stringify(record, null, 2)}\n`);
}

async function putToUse(home: string, id: string, release: string, before: Current | undefined): Promise<void> {
  const previous = before?.release === release ? before.previous : before?.release;
  await writeCurrent(home, id, { release, ...(previous === undefined ? {} : { previous }) });
  await sweep(home, id, [release, previous]);
}

/** Removes what a killed process left, and with `kept` every other release. What is in use (Windows) stays until the next time. */
async function sweep(home: string, id: string, kept?: readonly (string | undefined)[]): Promise<void> {
  for (const folder of [pluginsFolder(home), appFolder(home, id)]) {
    const isOurs = (name: string): boolean =>
      folder !== pluginsFolder(home) && kept !== undefined && name !== 'current' && !kept.includes(name);
    const names: string[] = await readdir(folder).catch(() => []);
    for (const name of names.filter((entry) => isLeftover(entry) || isOurs(entry)))
      await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined);
  }
}
