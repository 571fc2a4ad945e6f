// Reads and writes RFC 3161: the question to a timestamp authority, and the token it answers with.
import { createHash } from 'node:crypto';
import {
  type DerElement,
  derBytes,
  derElement,
  derElements,
  derOid,
  derSmallInteger,
  derTag,
  derTime,
  MalformedDer,
  withTag,
} from './der.ts';
import { digestName, readSignedData, type SignedData } from './signed-data.ts';

/** What a token says, before anything of it is believed. */
export interface TimestampToken {
  readonly time: Date;
  /** Digest of what was stamped. */
  readonly imprint: Buffer;
  readonly digest: string;
  /** The number of the request, if it had one. */
  readonly nonce?: Buffer;
  readonly signed: SignedData;
  /** The token as an answer without remarks: what a signature carries. */
  readonly response: Buffer;
}

const tokenInfoType = '1.2.840.113549.1.9.16.1.4';
const sha256Oid = Buffer.from('0609608648016503040201', 'hex');
const granted = Buffer.from('3003020100', 'hex');

/** Asks for a timestamp over bytes, with the authority's certificates; a nonce ties the answer to this question. */
export function timestampQuery(stamped: Buffer, nonce?: Buffer): Buffer {
  const digest = createHash('sha256').update(stamped).digest();
  const algorithm = derBytes(derTag.sequence, sha256Oid, derBytes(derTag.null));
  return derBytes(
    derTag.sequence,
    derBytes(derTag.integer, Buffer.of(1)),
    derBytes(derTag.sequence, algorithm, derBytes(derTag.octetString, digest)),
    ...(nonce === undefined ? [] : [derBytes(derTag.integer, nonce)]),
    derBytes(derTag.boolean, Buffer.of(0xff)),
  );
}

/**
 * Reads an authority's answer, or a bare token.
 *
 * @throws MalformedDer for anything else, and for an answer that grants none, with what the authority said.
 */
export function readTimestamp(der: Buffer): TimestampToken {
  const fields = derElements(derElement(der, derTag.sequence).content);
  const token = fields[0]?.tag === derTag.oid ? der : grantedToken(fields);
  const signed = readSignedData(token);
  if (signed.contentType !== tokenInfoType) throw new MalformedDer('signed data that is no timestamp');
  return { ...readTokenInfo(signed.content), signed, response: derBytes(derTag.sequence, granted, token) };
}

/** Whether a token stamps these bytes. */
export function isImprintOf({ imprint, digest }: TimestampToken, stamped: Buffer): boolean {
  return createHash(digest).update(stamped).digest().equals(imprint);
}

function grantedToken([status, token, ...more]: readonly DerElement[]): Buffer {
  const [code, ...said] = derElements(withTag(status, derTag.sequence).content);
  if (code === undefined || more.length > 0) throw new MalformedDer('answer of another shape');
  if (derSmallInteger(code) <= 1) return withTag(token, derTag.sequence).bytes;
  const words = said.filter(({ tag }) => tag === derTag.sequence).flatMap(({ content }) => derElements(content));
  const text = words.map(({ content }) => content.toString('utf8').replace(/[^\x20-\x7e]/g, '?')).join(' ');
  throw new MalformedDer(`the authority refused${text === '' ? '' : `: ${text.slice(0, 200)}`}`);
}

function readTokenInfo(der: Buffer): Omit<TimestampToken, 'signed' | 'response'> {
  const [version, policy, imprint, serial, time, ...rest] = derElements(derElement(der, derTag.sequence).content);
  if (version === undefined || derSmallInteger(version) !== 1) throw new MalformedDer('timestamp of another version');
  if (policy === undefined || time === undefined) throw new MalformedDer('timestamp of another shape');
  derOid(policy);
  withTag(serial, derTag.integer);
  const [algorithm, digest, ...more] = derElements(withTag(imprint, derTag.sequence).content);
  if (more.length > 0) throw new MalformedDer('imprint of another shape');
  const nonce = rest.find(({ tag }) => tag === derTag.integer);
  return {
    time: derTime(time),
    imprint: withTag(digest, derTag.octetString).content,
    digest: digestName(algorithm),
    ...(nonce && { nonce: nonce.content }),
  };
}
