// Signs a package: every file by its digest, in one statement, in signature.json.
import { KitError } from '../core/kit-error.ts';
import { type Archive, readArchive } from '../package/archive.ts';
import { bytesSource, entrySource } from '../package/archive-source.ts';
import { type FileDigest, signedFiles } from '../package/content-digest.ts';
import { readPackagedManifest } from '../package/package-manifest.ts';
import { type WrittenArchive, writeArchive } from '../package/write-archive.ts';
import { type Certificate, signerProblem } from './certificates.ts';
import { compareFiles, hashFiles } from './compare-files.ts';
import { type EnvelopeSignature, makeEnvelope, parseEnvelope, signedBytes } from './envelope.ts';
import { type KeySigner, signWith } from './key-signer.ts';
import { keyId, keyProblem } from './keys.ts';
import type { LineageLink } from './lineage.ts';
import { makeStatement, parseStatement, statedFiles } from './statement.ts';

/** How to sign. */
export interface SignOptions extends KeySigner {
  /** Certificates of the key, leaf first. */
  readonly certificates?: readonly Certificate[];
  /** Where to; default in place. */
  readonly output?: string;
  /** Written into the statement as information; without it two signatures of the same package are the same bytes. */
  readonly signedAt?: Date;
  /** Proofs that earlier keys vouch for this one, oldest first: what lets it replace packages that they signed. */
  readonly lineage?: readonly LineageLink[];
  readonly signal?: AbortSignal;
}

/** A package that was signed. */
export interface SignedPackage extends WrittenArchive {
  readonly id: string;
  readonly version: string;
  readonly keyId: string;
  /** Number of signatures it has now. */
  readonly signatures: number;
}

/**
 * Signs a package, or adds one more signature to a signed one.
 *
 * @throws {@link KitError} `KEY_INVALID`; `CONTAINER_MALFORMED`; `CONTENT_DIFFERS` when an earlier signature is of other content; `WRITE_FAILED`; `INTERRUPTED`.
 */
export async function signPackage(path: string, options: SignOptions): Promise<SignedPackage> {
  refuseKey(options);
  await using archive = await readArchive(path);
  const manifest = await readPackagedManifest(archive);
  const { hashed, damaged } = await hashFiles(archive, options.signal);
  const [first] = damaged;
  if (first !== undefined) throw new KitError('CONTENT_DIFFERS', first.message, { thing: path, hint: 'pack again' });
  const earlier = keepable(await earlierSignatures(archive, hashed), options, archive.path);
  const payload = earlier?.payload ?? Buffer.from(JSON.stringify(makeStatement(manifest, hashed, options)));
  const own = await makeSignature(payload, options);
  const signatures = [...(earlier?.signatures ?? []).filter(({ keyid }) => keyid !== own.keyid), own];
  const digests = new Map(hashed.map(({ name, sha256 }) => [name, sha256]));
  const sources = archive.entries.flatMap((entry) => {
    const sha256 = digests.get(entry.name);
    return sha256 === undefined ? [] : [entrySource(archive, entry, sha256)];
  });
  const signature = bytesSource('signature.json', Buffer.from(JSON.stringify(makeEnvelope(payload, signatures))));
  const written = await writeArchive(options.output ?? path, [signature, ...sources], {
    ...(options.signal && { signal: options.signal }),
    release: () => archive.close(),
  });
  return { ...written, id: manifest.app.id, version: manifest.app.version, keyId: own.keyid, signatures: signatures.length };
}

function refuseKey({ key, signBytes, certificates = [] }: SignOptions): void {
  const [leaf] = certificates;
  const foreign = leaf !== undefined && keyId(leaf.x509.publicKey) !== keyId(key) ? 'is not the key of the certificate' : undefined;
  const problem = (key.type === 'private' || signBytes !== undefined ? undefined : 'is no private key') ?? keyProblem(key) ?? foreign;
  if (problem !== undefined) throw new KitError('KEY_INVALID', `the key ${problem}`, { hint: 'make a key with: mvas keygen' });
  const misuse = leaf && signerProblem(leaf);
  if (misuse !== undefined)
    throw new KitError('KEY_INVALID', `the certificate may not sign packages: ${misuse}`, {
      hint: 'ask your CA for a code-signing certificate',
    });
}

interface EarlierSignatures {
  readonly payload: Buffer;
  readonly signatures: readonly EnvelopeSignature[];
}

/** A lineage is part of what is signed: it comes with the first signature, or with nobody's but one's own. */
function keepable(earlier: EarlierSignatures | undefined, { key, lineage = [] }: SignOptions, path: string): EarlierSignatures | undefined {
  if (earlier === undefined) return undefined;
  const stated = (parseStatement(earlier.payload).predicate.lineage ?? []).map((link) => JSON.stringify(link));
  if (lineage.every((link) => stated.includes(JSON.stringify(link)))) return earlier;
  if (earlier.signatures.every(({ keyid }) => keyid === keyId(key))) return undefined;
  throw new KitError('FLAG_INVALID', 'it carries signatures of others, to which no lineage can be added', {
    thing: path,
    hint: 'pack again, and sign first with the key that has the lineage',
  });
}

/** Signatures that are there already count only if they speak of this very content. */
async function earlierSignatures(archive: Archive, files: readonly FileDigest[]): Promise<EarlierSignatures | undefined> {
  const entry = archive.find('signature.json');
  if (entry === undefined) return undefined;
  const envelope = parseEnvelope((await archive.read(entry, 4 * 1024 * 1024)).toString('utf8'));
  const payload = Buffer.from(envelope.payload, 'base64');
  const stated = statedFiles(parseStatement(payload));
  const wrong = compareFiles(stated, archive)[0]?.message ?? changedFile(stated, files);
  if (wrong === undefined) return { payload, signatures: envelope.signatures };
  throw new KitError('CONTENT_DIFFERS', `it carries a signature of other content: ${wrong}`, {
    thing: archive.path,
    hint: 'pack again, then sign',
  });
}

function changedFile(stated: readonly FileDigest[], files: readonly FileDigest[]): string | undefined {
  const name = signedFiles(files).find(({ sha256 }, index) => sha256 !== stated[index]?.sha256)?.name;
  return name === undefined ? undefined : `${name} was changed after signing`;
}

async function makeSignature(payload: Buffer, { certificates = [], ...signer }: SignOptions): Promise<EnvelopeSignature> {
  const made = await signWith(signer, signedBytes(payload));
  const signature = { keyid: keyId(signer.key), sig: made.toString('base64') };
  return certificates.length === 0
    ? signature
    : { ...signature, certificates: certificates.map(({ x509 }) => x509.raw.toString('base64')) };
}
