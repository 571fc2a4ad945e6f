// Signs a package: every file by its digest, in one statement, in signature.json.
import { KitError } from '../core/kit-error.ts';
import type { Manifest } from '../manifest/script-manifest.ts';
import { readArchive } from '../package/archive.ts';
import { readPackagedManifest } from '../package/package-manifest.ts';
import type { WrittenArchive } from '../package/write-archive.ts';
import { type Certificate, signerProblem } from './certificates.ts';
import { type EnvelopeSignature, signedBytes } from './envelope.ts';
import { type KeySigner, signWith } from './key-signer.ts';
import { keyId, keyProblem } from './keys.ts';
import type { LineageLink } from './lineage.ts';
import { hashForSigning, readSignatures, type Signatures, writeSignatures } from './signature-file.ts';
import { makeStatement, misstated, parseStatement } from './statement.ts';
import type { FittingTimestamp } from './timestamp-service.ts';

/** How to sign. */
export interface SignOptions extends KeySigner {
  /** Gets a timestamp on the signature, whose bytes it gets. */
  readonly stamp?: (signature: Buffer) => Promise<FittingTimestamp>;
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
  /** The timestamp that was asked for: ISO 8601, and the subject of the authority's certificate. */
  readonly timestamp?: { readonly time: string; readonly authority: string };
}

/**
 * Signs a package, or adds one more signature to a signed one. A timestamp that an equal signature had is kept.
 *
 * @throws {@link KitError} `KEY_INVALID`; `CONTAINER_MALFORMED`; `CONTENT_DIFFERS` when an earlier signature is of other content; `WRITE_FAILED`; `INTERRUPTED`.
 */
export async function signPackage(path: string, options: SignOptions): Promise<SignedPackage> {
  refuseKey(options);
  await using archive = await readArchive(path);
  const manifest = await readPackagedManifest(archive);
  const hashed = await hashForSigning(archive, options.signal);
  const earlier = keepable(await readSignatures(archive, hashed), manifest, options, path);
  const payload = earlier?.payload ?? Buffer.from(JSON.stringify(makeStatement(manifest, hashed, options)));
  const former = earlier?.signatures ?? [];
  const made = await makeSignature(payload, options);
  const stamped = options.stamp && (await options.stamp(Buffer.from(made.sig, 'base64')));
  // the timestamp of this very signature stays good
  const timestamp = stamped?.timestamp ?? former.find(({ sig }) => sig === made.sig)?.timestamp;
  const own = timestamp === undefined ? made : { ...made, timestamp };
  const signatures = [...former.filter(({ keyid }) => keyid !== own.keyid), own];
  const written = await writeSignatures(archive, hashed, { payload, signatures }, options);
  return {
    ...written,
    id: manifest.app.id,
    version: manifest.app.version,
    keyId: own.keyid,
    signatures: signatures.length,
    ...(stamped && { timestamp: { time: stamped.time.toISOString(), authority: stamped.authority } }),
  };
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

/** A lineage is part of what is signed: it comes with the first signature, or with nobody's but one's own. */
function keepable(
  earlier: Signatures | undefined,
  manifest: Manifest,
  { key, lineage = [] }: SignOptions,
  path: string,
): Signatures | undefined {
  if (earlier === undefined) return undefined;
  const statement = parseStatement(earlier.payload);
  const [field] = misstated(statement, manifest);
  if (field !== undefined)
    throw new KitError('CONTENT_DIFFERS', `it carries a signature whose ${field} is not that of the manifest: nobody could trust both`, {
      thing: path,
      hint: 'pack again, then sign',
    });
  const stated = (statement.predicate.lineage ?? []).map((link) => JSON.stringify(link));
  if (lineage.every((link) => stated.includes(JSON.stringify(link)))) return earlier;
  if (earlier.signatures.every(({ keyid }) => keyid === keyId(key))) return undefined;
  throw new KitError('FLAG_INVALID', 'it carries signatures of others, to which no lineage can be added', {
    thing: path,
    hint: 'pack again, and sign first with the key that has the lineage',
  });
}

async function makeSignature(payload: Buffer, { certificates = [], ...signer }: SignOptions): Promise<EnvelopeSignature> {
  const made = await signWith(signer, signedBytes(payload));
  const signature = { keyid: keyId(signer.key), sig: made.toString('base64') };
  return certificates.length === 0
    ? signature
    : { ...signature, certificates: certificates.map(({ x509 }) => x509.raw.toString('base64')) };
}
