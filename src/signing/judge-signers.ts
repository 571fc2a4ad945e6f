// Judges every signature of a package: whose it is, whether it is right, and which of them decides.
import type { KeyObject } from 'node:crypto';
import { type Envelope, type EnvelopeSignature, payloadIsSignedBy } from './envelope.ts';
import type { Finding, StageLog } from './findings.ts';
import { revokedPackage } from './revocation.ts';
import { judgeSigner } from './signer.ts';
import type { Statement } from './statement.ts';
import { judgeTimestamp, type SignatureTimestamp } from './timestamp-authority.ts';
import type { Trust } from './trust-store.ts';

/** One signature of a package. */
export interface Signer {
  readonly keyId: string;
  readonly subject?: string;
  /** When it was signed, by the clock of somebody else. */
  readonly timestamp?: SignatureTimestamp;
  /** Whether the signature is right, whoever made it. */
  readonly valid: boolean;
  readonly trusted: boolean;
  /** Ids of the pins that vouch for it. */
  readonly pins: readonly string[];
  readonly findings: readonly Finding[];
}

/** What a signature file holds, read strictly. */
export interface Signed {
  readonly envelope: Envelope;
  readonly statement: Statement;
}

/** One good signature of a trusted signer is enough; without one, that which got furthest tells why. */
export function judgeSigners({ envelope, statement }: Signed, log: StageLog, trust: Trust, now: Date): Signer[] {
  const payload = Buffer.from(envelope.payload, 'base64');
  const judged = envelope.signatures.map((signature) => {
    const { id } = statement.predicate;
    const { at, timestamp, findings: wrong } = judgeTimestamp(signature, id, trust, now);
    const { key, subject, pins, findings } = judgeSigner(signature, id, trust, at);
    return {
      keyId: signature.keyid,
      subject,
      timestamp,
      pins,
      signer: [...wrong, ...findings.map((finding) => withTime(finding, timestamp))],
      signature: key === undefined ? undefined : mathFindings(signature, payload, key),
    };
  });
  const best =
    judged.find(({ signer, signature }) => signer.length === 0 && signature?.length === 0) ??
    judged.find(({ signer }) => signer.length === 0) ??
    judged[0];
  log.record('signer', [...(best?.signer ?? []), ...revokedPackage(statement.predicate.contentDigest, trust.revoked)]);
  if (best?.signature !== undefined) log.record('signature', best.signature);
  return judged.map(({ keyId, subject, timestamp, pins, signer, signature }) => {
    const findings = [...signer, ...(signature ?? [])];
    const known = { ...(subject && { subject }), ...(timestamp && { timestamp }) };
    return { keyId, ...known, valid: signature?.length === 0, trusted: findings.length === 0, pins, findings };
  });
}

/** An expiry that a timestamp would have healed says why it did not. */
function withTime(finding: Finding, timestamp: SignatureTimestamp | undefined): Finding {
  if (finding.code !== 'CERTIFICATE_EXPIRED' || timestamp?.reason === undefined) return finding;
  return { ...finding, message: `${finding.message}, and the timestamp of ${timestamp.time} does not count: ${timestamp.reason}` };
}

function mathFindings({ keyid, sig }: EnvelopeSignature, payload: Buffer, key: KeyObject): Finding[] {
  if (payloadIsSignedBy(payload, Buffer.from(sig, 'base64'), key)) return [];
  return [{ code: 'SIGNATURE_INVALID', message: `the signature is not one of key ${keyid.slice(0, 16)} over this content` }];
}
