// Puts a timestamp on a signature that a package has: no key is needed for that.
import { KitError } from '../core/kit-error.ts';
import { readArchive } from '../package/archive.ts';
import type { WrittenArchive } from '../package/write-archive.ts';
import type { EnvelopeSignature } from './envelope.ts';
import { hashForSigning, readSignatures, writeSignatures } from './signature-file.ts';
import type { FittingTimestamp } from './timestamp-service.ts';

/** How to put a timestamp on a signature. */
export interface TimestampOptions {
  /** Gives the timestamp of the signature, whose bytes it gets. */
  readonly stamp: (signature: Buffer) => Promise<FittingTimestamp>;
  /** Start of the key id of the signature; not needed where only one has no timestamp yet. */
  readonly signer?: string;
  /** Take the place of a timestamp that is there. */
  readonly replace?: boolean;
  /** Where to; default in place. */
  readonly output?: string;
  readonly signal?: AbortSignal;
}

/** A package with a new timestamp. */
export interface TimestampedPackage extends WrittenArchive {
  readonly keyId: string;
  /** ISO 8601. */
  readonly time: string;
  /** Subject of the authority's certificate. */
  readonly authority: string;
}

/**
 * Puts a timestamp on a signature of a package.
 *
 * @throws {@link KitError} `UNSIGNED`, `FLAG_INVALID` when it is not clear which signature is meant, `FILE_EXISTS`; what `stamp` throws; what signing throws.
 */
export async function timestampPackage(path: string, options: TimestampOptions): Promise<TimestampedPackage> {
  await using archive = await readArchive(path);
  const files = await hashForSigning(archive, options.signal);
  const found = await readSignatures(archive, files);
  const meant = meantSignature(found?.signatures ?? [], path, options.signer);
  if (meant.timestamp !== undefined && !options.replace)
    throw new KitError('FILE_EXISTS', `the signature of key ${meant.keyid.slice(0, 16)} has a timestamp already`, {
      hint: 'an older timestamp proves more than a newer one; --replace replaces it all the same',
    });
  const { timestamp, time, authority } = await options.stamp(Buffer.from(meant.sig, 'base64'));
  const signatures = (found?.signatures ?? []).map((one) => (one === meant ? { ...one, timestamp } : one));
  const written = await writeSignatures(archive, files, { payload: found?.payload ?? Buffer.alloc(0), signatures }, options);
  return { ...written, keyId: meant.keyid, time: time.toISOString(), authority };
}

/**
 * The bytes of the signature that is meant: what an authority stamps.
 *
 * @throws {@link KitError} as {@link timestampPackage} does.
 */
export async function signatureToStamp(path: string, signer?: string): Promise<Buffer> {
  await using archive = await readArchive(path);
  const found = await readSignatures(archive, await hashForSigning(archive));
  return Buffer.from(meantSignature(found?.signatures ?? [], path, signer).sig, 'base64');
}

function meantSignature(signatures: readonly EnvelopeSignature[], path: string, signer?: string): EnvelopeSignature {
  if (signatures.length === 0) throw new KitError('UNSIGNED', `${path} is not signed`, { hint: 'sign it with: mvas sign' });
  const bare = signatures.filter(({ timestamp }) => timestamp === undefined);
  const found = signer === undefined ? (bare.length > 0 ? bare : signatures) : signatures.filter(({ keyid }) => keyid.startsWith(signer));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const keys = signatures.map(({ keyid }) => keyid.slice(0, 16)).join(', ');
  throw new KitError('FLAG_INVALID', `${path} has ${found.length} signatures that may be meant: its keys are ${keys}`, {
    hint: 'name one key: --signer <start of the key id>',
  });
}
