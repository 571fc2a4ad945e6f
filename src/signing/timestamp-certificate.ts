// What makes a certificate that of a timestamp: the token names it, and it is for nothing but timestamps.
import { createHash } from 'node:crypto';
import { timeStamping } from './certificate-extensions.ts';
import type { Certificate } from './certificates.ts';
import { derElement, derElements, derTag, MalformedDer, withTag } from './der.ts';
import { timestampKeyProblem } from './keys.ts';
import { digestName, type SignedData } from './signed-data.ts';

const signingCertificate = { sha1: '1.2.840.113549.1.9.16.2.12', v2: '1.2.840.113549.1.9.16.2.47' } as const;

/** Why a certificate may not make timestamps, as a clause, or undefined. */
export function timestampCertificateProblem({ use, x509 }: Certificate): string | undefined {
  const [only, ...more] = use.extendedKeyUsage ?? [];
  if (only !== timeStamping || more.length > 0) return 'its extended key usage is not time stamping alone';
  if (!use.extendedKeyUsageIsCritical) return 'its extended key usage is not critical';
  if (use.keyUsage !== undefined && !use.keyUsage.digitalSignature) return 'its key usage does not allow signatures';
  const weak = timestampKeyProblem(x509.publicKey);
  return weak === undefined ? undefined : `its key ${weak}`;
}

/**
 * The certificate that a token names: by its digest, which is signed (RFC 5816, or RFC 2634 with SHA-1), and by issuer and serial number.
 *
 * @throws MalformedDer when the token names none.
 */
export function namedCertificate({ signer }: SignedData, certificates: readonly Certificate[]): Certificate | undefined {
  const v2 = signer.attributes.get(signingCertificate.v2);
  const [list] = derElements(withTag(v2 ?? signer.attributes.get(signingCertificate.sha1), derTag.sequence).content);
  const [first] = derElements(withTag(list, derTag.sequence).content);
  const parts = derElements(withTag(first, derTag.sequence).content);
  const stated = parts[0]?.tag === derTag.sequence ? parts.shift() : undefined;
  const digest = v2 === undefined ? 'sha1' : stated === undefined ? 'sha256' : digestName(stated);
  const named = withTag(parts[0], derTag.octetString).content;
  return certificates.find(({ x509: { raw } }) => {
    const isIssuedSo = signer.issuerAndSerial === undefined || signer.issuerAndSerial.equals(issuerAndSerial(raw));
    return isIssuedSo && createHash(digest).update(raw).digest().equals(named);
  });
}

function issuerAndSerial(certificate: Buffer): Buffer {
  const [toBeSigned] = derElements(derElement(certificate, derTag.sequence).content);
  const fields = derElements(withTag(toBeSigned, derTag.sequence).content);
  const [serial, , issuer] = fields[0]?.tag === derTag.integer ? fields : fields.slice(1);
  if (serial === undefined || issuer === undefined) throw new MalformedDer('certificate of another shape');
  return Buffer.concat([issuer.bytes, serial.bytes]);
}
