// Issues the self-signed code-signing certificate of an RSA key.
import { type KeyObject, randomBytes } from 'node:crypto';
import { type Certificate, parseCertificates } from './certificates.ts';

/** What stands in the certificate. */
export interface CertificateFields {
  readonly commonName: string;
  readonly from: Date;
  readonly days: number;
}

/** Makes the certificate; node-forge writes it, nothing of it verifies anything. */
export async function selfSign(key: KeyObject, { commonName, from, days }: CertificateFields): Promise<Certificate> {
  const { default: forge } = await import('node-forge');
  const privateKey = forge.pki.privateKeyFromPem(key.export({ type: 'pkcs8', format: 'pem' }).toString());
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(privateKey.n, privateKey.e);
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`; // the first byte keeps it positive
  certificate.validity.notBefore = wholeSecond(from);
  certificate.validity.notAfter = wholeSecond(new Date(from.getTime() + days * 86_400_000));
  const name = [{ shortName: 'CN', value: commonName.replace(/[^A-Za-z0-9 '()+,./:=?-]/g, '-') }]; // letters of a PrintableString
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, critical: true },
    { name: 'extKeyUsage', codeSigning: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  certificate.sign(privateKey, forge.md.sha256.create());
  const [made] = parseCertificates(forge.pki.certificateToPem(certificate), 'the new certificate');
  if (made === undefined) throw new Error('no certificate was made');
  return made;
}

/** Certificates know no fractions of a second. */
function wholeSecond(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}
