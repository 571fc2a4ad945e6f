// Decides whether a timestamp on a signature is sound, and whether its authority is one whose clock counts here.
import { toErrorText } from '../core/kit-error.ts';
import { type Certificate, issuerProblem, parseCertificate, validityProblem } from './certificates.ts';
import { MalformedDer } from './der.ts';
import type { EnvelopeSignature } from './envelope.ts';
import type { Finding } from './findings.ts';
import { keyId, timestampKeyProblem } from './keys.ts';
import { covers } from './namespace.ts';
import { type Pin, pinnedCertificate } from './pin.ts';
import { revokedSigner } from './revocation.ts';
import { signedDataProblem } from './signed-data.ts';
import { namedCertificate, timestampCertificateProblem } from './timestamp-certificate.ts';
import { isImprintOf, readTimestamp, type TimestampToken } from './timestamp-token.ts';
import type { Trust } from './trust-store.ts';

/** A timestamp on a signature. */
export interface SignatureTimestamp {
  /** When the signature existed, by the authority's clock: ISO 8601. */
  readonly time: string;
  /** Subject of the authority's certificate. */
  readonly authority: string;
  /** Whether certificates are judged at that time. */
  readonly trusted: boolean;
  /** Why they are not. */
  readonly reason?: string;
}

/** A sound timestamp: of these bytes, signed by a certificate that is known. */
export interface SoundTimestamp {
  readonly token: TimestampToken;
  readonly certificate: Certificate;
  /** All certificates that came with it. */
  readonly others: readonly Certificate[];
}

/** What a timestamp says about the time at which a signature is judged. */
export interface JudgedTimestamp {
  /** The time at which certificates must be valid. */
  readonly at: Date;
  readonly timestamp?: SignatureTimestamp;
  readonly findings: readonly Finding[];
}

/** The longest token that is read; those of the world have 2 to 8 KB. */
export const maxTimestampBytes = 64 * 1024;

const maxCertificates = 16;

/** Judges the timestamp of a signature; without one, or with one of an authority that is not pinned, the time is `now`. */
export function judgeTimestamp({ timestamp, sig, keyid }: EnvelopeSignature, appId: string, trust: Trust, now: Date): JudgedTimestamp {
  if (timestamp === undefined) return { at: now, findings: [] };
  const pinned = trust.pins.filter((pin) => pin.kind === 'tsa' && pin.namespaces.some((one) => covers(one, appId))).flatMap(certificateOf);
  let sound: SoundTimestamp;
  try {
    sound = soundTimestamp(Buffer.from(timestamp, 'base64'), Buffer.from(sig, 'base64'), pinned);
  } catch (error) {
    const message = `the timestamp of key ${keyid.slice(0, 16)} is not valid: ${toErrorText(error)}`;
    return { at: now, findings: [{ code: 'SIGNATURE_INVALID', message }] };
  }
  const { token, certificate } = sound;
  const reason = doubt(sound, pinned, trust, now);
  const seen = { time: token.time.toISOString(), authority: certificate.x509.subject.replaceAll('\n', ', ') };
  if (reason !== undefined) return { at: now, timestamp: { ...seen, trusted: false, reason }, findings: [] };
  return { at: token.time, timestamp: { ...seen, trusted: true }, findings: [] };
}

/**
 * Reads a timestamp and proves that it is of these bytes and signed by the certificate it names.
 *
 * @param known - certificates that may be missing from it.
 * @throws MalformedDer naming what is wrong.
 */
export function soundTimestamp(der: Buffer, stamped: Buffer, known: readonly Certificate[] = []): SoundTimestamp {
  if (der.length > maxTimestampBytes) throw new MalformedDer(`it has ${der.length} bytes, more than ${maxTimestampBytes}`);
  const token = readTimestamp(der);
  if (!isImprintOf(token, stamped)) throw new MalformedDer('it is of another signature');
  const others = [...token.signed.certificates.slice(0, maxCertificates).flatMap(readable), ...known];
  const certificate = namedCertificate(token.signed, others);
  if (certificate === undefined) throw new MalformedDer('the certificate of its authority is not in it');
  const problem = signedDataProblem(token.signed, certificate.x509.publicKey);
  if (problem !== undefined) throw new MalformedDer(problem);
  return { token, certificate, others };
}

/** Why a sound timestamp does not count here, or undefined. */
function doubt(
  { token, certificate, others }: SoundTimestamp,
  pinned: readonly Certificate[],
  { revoked }: Trust,
  now: Date,
): string | undefined {
  const misuse = timestampCertificateProblem(certificate);
  if (misuse !== undefined) return misuse;
  if (token.time > now) return 'it is of a time to come';
  const path = pathToPin(certificate, others, pinned);
  if (path === undefined) return 'its authority is not pinned here';
  const expired = path.map((one) => validityProblem(one, token.time)).find((problem) => problem !== undefined);
  if (expired !== undefined) return expired;
  return revokedSigner(keyId(certificate.x509.publicKey), path, revoked)[0]?.message;
}

/** The certificates from the one that signed to a pinned one, both included. */
function pathToPin(leaf: Certificate, others: readonly Certificate[], pinned: readonly Certificate[]): Certificate[] | undefined {
  const path = [leaf];
  for (let last = leaf; path.length <= maxCertificates; path.push(last)) {
    if (pinned.some(({ x509 }) => x509.raw.equals(last.x509.raw))) return path;
    const issued = (issuer: Certificate): boolean => issuerProblem(last, issuer, path.length - 1, timestampKeyProblem) === undefined;
    const next = pinned.find(issued) ?? others.find((other) => !path.includes(other) && issued(other));
    if (next === undefined) return undefined;
    last = next;
  }
  return undefined;
}

/** An embedded certificate that cannot be read vouches for nobody. */
function readable(der: Buffer): Certificate[] {
  try {
    return [parseCertificate(der)];
  } catch {
    return [];
  }
}

function certificateOf(pin: Pin): Certificate[] {
  const certificate = pinnedCertificate(pin);
  return certificate === undefined ? [] : [certificate];
}
