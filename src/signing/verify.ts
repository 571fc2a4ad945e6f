// Verifies a package, in the order that lets nothing be trusted before it is proven.
import type { KeyObject } from 'node:crypto';
import { type ErrorCode, errorCodes } from '../core/kit-error.ts';
import type { Manifest } from '../manifest/script-manifest.ts';
import { type Archive, readArchive } from '../package/archive.ts';
import { signedFiles } from '../package/content-digest.ts';
import type { ArchiveEntry } from '../package/local-entries.ts';
import { readPackagedManifest } from '../package/package-manifest.ts';
import { compareFiles, hashFiles } from './compare-files.ts';
import { type Envelope, readEnvelope } from './envelope.ts';
import { type Finding, type Stage, StageLog } from './findings.ts';
import { judgeSigners, type Signed, type Signer } from './judge-signers.ts';
import { parseLineage } from './lineage.ts';
import { judgePolicy, type PolicyRequest } from './package-policy.ts';
import { makePin } from './pin.ts';
import { identityOf, misstated, parseStatement, type Statement, statedFiles } from './statement.ts';
import { noTrust, type Trust } from './trust-store.ts';

/** By what to judge a package. */
export interface VerifyOptions extends PolicyRequest {
  /** Keys and authorities that are trusted, each for its namespaces, and what is revoked. */
  readonly trust?: Trust;
  /** One more key, trusted for every app. */
  readonly publicKey?: KeyObject;
  /** The time at which certificates must be valid where no timestamp of a pinned authority says another; default now. */
  readonly at?: Date;
  /** Take a package without any signature; a wrong signature is never taken. */
  readonly allowUnsigned?: boolean;
  readonly signal?: AbortSignal;
}

/** The outcome of a verification. */
export interface Verification {
  readonly path: string;
  readonly ok: boolean;
  /** Exit code that the first failing stage stands for; 0 when none failed. */
  readonly exit: number;
  readonly code: ErrorCode | null;
  readonly id: string | null;
  readonly version: string | null;
  readonly platforms: readonly string[];
  readonly contentDigest: string | null;
  readonly signers: readonly Signer[];
  readonly stages: readonly Stage[];
}

/** A verification with what it proved, for those who go on to use the package. */
export interface Examination {
  readonly verification: Verification;
  /** Open; the caller closes it. */
  readonly archive?: Archive;
  readonly manifest?: Manifest;
  /** SHA-256 of every file but signature.json, as read. */
  readonly digests: ReadonlyMap<string, string>;
  /** What signature.json holds, where there is a right one. */
  readonly envelope?: Envelope;
}

/**
 * Verifies a package; what is wrong with it is in the outcome.
 *
 * @throws {@link KitError} only when there is no such file.
 */
export async function verifyPackage(path: string, options: VerifyOptions = {}): Promise<Verification> {
  const { archive, verification } = await examinePackage(path, options);
  await archive?.close();
  return verification;
}

/** Like {@link verifyPackage}, and keeps the package open. */
export async function examinePackage(path: string, options: VerifyOptions): Promise<Examination> {
  const log = new StageLog();
  const archive = await log.run('container', () => readArchive(path));
  if (archive === undefined) return { verification: outcome(path, log), digests: new Map() };
  try {
    const signed = await readSignature(archive, log, options.allowUnsigned ?? false);
    const trust = effectiveTrust(options);
    const signers = signed === undefined ? [] : judgeSigners(signed, log, trust, options.at ?? new Date());
    const files = await hashFiles(archive, options.signal);
    if (signed !== undefined) log.record('files', compareFiles(statedFiles(signed.statement), archive));
    log.record('content', signed === undefined ? files.damaged : [...files.damaged, ...files.differing(statedFiles(signed.statement))]);
    const digests = new Map(signedFiles(files.hashed).map(({ name, sha256 }) => [name, sha256]));
    const manifest = await judgeManifest(archive, log, digests.get('manifest.json'), signed?.statement);
    if (manifest !== undefined) {
      const lineage = parseLineage(signed?.statement.predicate.lineage ?? []);
      log.record('policy', await judgePolicy({ manifest, archive, digests, signers, lineage }, options, trust, options.at ?? new Date()));
    }
    return {
      verification: outcome(path, log, { manifest, signers, statement: signed?.statement }),
      archive,
      ...(manifest && { manifest }),
      digests,
      ...(signed && { envelope: signed.envelope }),
    };
  } catch (error) {
    await archive.close();
    throw error;
  }
}

function effectiveTrust({ trust = noTrust, publicKey }: VerifyOptions): Trust {
  return publicKey === undefined ? trust : { ...trust, pins: [...trust.pins, makePin(publicKey, ['*'])] };
}

async function readSignature(archive: Archive, log: StageLog, allowUnsigned: boolean): Promise<Signed | undefined> {
  const entry = archive.find('signature.json');
  if (entry !== undefined) return log.run('signatureFile', () => parseSignature(archive, entry), 'SIGNATURE_INVALID');
  const finding: Finding = { code: 'UNSIGNED', message: 'it is not signed' };
  if (allowUnsigned) log.waive('signatureFile', finding);
  else log.record('signatureFile', [finding]);
  return undefined;
}

async function parseSignature(archive: Archive, entry: ArchiveEntry): Promise<Signed> {
  const envelope = await readEnvelope(archive, entry);
  return { envelope, statement: parseStatement(Buffer.from(envelope.payload, 'base64')) };
}

/** Reads the manifest only now: its bytes have been compared with what was signed. */
async function judgeManifest(
  archive: Archive,
  log: StageLog,
  sha256: string | undefined,
  statement: Statement | undefined,
): Promise<Manifest | undefined> {
  if (log.failed('content')) return undefined;
  const manifest = await log.run('manifest', () => readPackagedManifest(archive, sha256));
  if (manifest === undefined || statement === undefined) return manifest;
  log.record(
    'manifest',
    misstated(statement, manifest).map((field) => ({
      code: 'SIGNATURE_INVALID',
      message: `the signed ${field} is not that of the manifest`,
    })),
  );
  return manifest;
}

interface Proven {
  readonly manifest: Manifest | undefined;
  readonly statement: Statement | undefined;
  readonly signers: readonly Signer[];
}

function outcome(path: string, log: StageLog, proven?: Proven): Verification {
  const { stages } = log;
  const code = stages.find(({ status }) => status === 'failed')?.findings[0]?.code ?? null;
  return {
    path,
    ok: code === null,
    exit: code === null ? 0 : errorCodes[code].exit,
    code,
    id: proven?.manifest?.app.id ?? proven?.statement?.predicate.id ?? null,
    version: proven?.manifest?.app.version ?? proven?.statement?.predicate.version ?? null,
    platforms: proven?.manifest === undefined ? [] : identityOf(proven.manifest).platforms,
    contentDigest: proven?.statement?.predicate.contentDigest ?? null,
    signers: proven?.signers ?? [],
    stages,
  };
}
