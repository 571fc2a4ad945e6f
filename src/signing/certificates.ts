// Reads certificates and follows them to one that is trusted.
import { type KeyObject, X509Certificate } from 'node:crypto';
import { KitError, toErrorText } from '../core/kit-error.ts';
import { type CertificateUse, codeSigning, readCertificateUse } from './certificate-extensions.ts';
import { keyProblem } from './keys.ts';

/** A certificate with what it may be used for. */
export interface Certificate {
  readonly x509: X509Certificate;
  readonly use: CertificateUse;
}

/** Those of the world have 1 to 4 KB. */
const maxCertificateBytes = 64 * 1024;

/** Parses a certificate in DER, strictly: key and dates as well, which nobody has to doubt afterwards. Throws anything when it is not one. */
export function parseCertificate(der: Buffer): Certificate {
  if (der.length > maxCertificateBytes) throw new Error(`it has ${der.length} bytes, more than ${maxCertificateBytes}`);
  const x509 = new X509Certificate(der);
  if (!x509.raw.equals(der)) throw new Error('bytes follow the certificate');
  if (x509.publicKey.type !== 'public') throw new Error('it has no public key');
  if (Number.isNaN(Date.parse(x509.validFrom) + Date.parse(x509.validTo))) throw new Error('its validity is no time');
  return { x509, use: readCertificateUse(der) };
}

/**
 * Reads the certificates of a PEM file, leaf first.
 *
 * @throws {@link KitError} `KEY_INVALID` when the text holds none or a broken one.
 */
export function parseCertificates(pem: string, source: string): Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0)
    throw new KitError('KEY_INVALID', `${source} holds no certificate in PEM`, {
      hint: 'name a certificate that mvas keygen or your CA wrote',
    });
  try {
    return blocks.map((block) => parseCertificate(new X509Certificate(block).raw));
  } catch (cause) {
    throw new KitError('KEY_INVALID', `${source} holds a certificate that cannot be read: ${toErrorText(cause)}`, { cause });
  }
}

/** Why a certificate may not sign packages, or undefined. */
export function signerProblem({ use }: Certificate): string | undefined {
  if (use.keyUsage !== undefined && !use.keyUsage.digitalSignature) return 'its key usage does not allow signatures';
  if (!use.extendedKeyUsage?.includes(codeSigning)) return 'its extended key usage does not name code signing';
  return undefined;
}

/** Why `issuer`, with that many certificates between it and the leaf, may not have issued `subject`, or undefined. */
export function issuerProblem(
  subject: Certificate,
  issuer: Certificate,
  between: number,
  weakness: (key: KeyObject) => string | undefined = keyProblem,
): string | undefined {
  if (!issuer.use.ca) return 'its issuer is no certificate authority';
  if (issuer.use.keyUsage !== undefined && !issuer.use.keyUsage.keyCertSign) return 'its issuer may not sign certificates';
  if (!subject.x509.checkIssued(issuer.x509) || !subject.x509.verify(issuer.x509.publicKey))
    return 'it was not issued by the next certificate';
  const weak = weakness(issuer.x509.publicKey);
  if (weak !== undefined) return `the key of its issuer ${weak}`;
  const { pathLength } = issuer.use;
  return pathLength !== undefined && between > pathLength
    ? `its issuer allows ${pathLength} certificates below it, not ${between}`
    : undefined;
}

/** Whether a certificate is signed by its own key. */
export function isSelfSigned({ x509 }: Certificate): boolean {
  return x509.verify(x509.publicKey);
}

/** Why a certificate is not valid at a time, or undefined. */
export function validityProblem({ x509 }: Certificate, at: Date): string | undefined {
  const [from, to] = [new Date(x509.validFrom), new Date(x509.validTo)];
  const subject = x509.subject.replaceAll('\n', ', ');
  if (at < from) return `the certificate of ${subject} is valid only from ${from.toISOString()}`;
  return at > to ? `the certificate of ${subject} expired on ${to.toISOString()}` : undefined;
}
