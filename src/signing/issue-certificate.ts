// Issues certificates: self-signed, of an authority of one's own, and the request for one by somebody else's.
import { type KeyObject, randomBytes } from 'node:crypto';
import { type Certificate, parseCertificates } from './certificates.ts';

/** What stands in a certificate. */
export interface CertificateFields {
  readonly commonName: string;
  readonly from: Date;
  readonly days: number;
  /** `signer` signs packages, `authority` issues the certificates of signers. */
  readonly use: 'signer' | 'authority';
}

/** Who vouches for a certificate: an authority with its private key. */
export interface Issuer {
  readonly key: KeyObject;
  readonly certificate: Certificate;
}

type Forge = typeof import('node-forge');

const uses = {
  signer: [
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, critical: true },
    { name: 'extKeyUsage', codeSigning: true },
    { name: 'subjectKeyIdentifier' },
  ],
  authority: [
    { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ],
} as const;

/** Issues a certificate for an RSA key, by itself or by an authority; node-forge writes it, nothing of it verifies anything. */
export async function issueCertificate(key: KeyObject, fields: CertificateFields, issuer?: Issuer): Promise<Certificate> {
  const { default: forge } = await import('node-forge');
  const own = toForge(forge, key);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(own.n, own.e);
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`; // the first byte keeps it positive
  certificate.validity.notBefore = wholeSecond(fields.from);
  certificate.validity.notAfter = wholeSecond(lastMoment(fields, issuer));
  const name = nameOf(fields.commonName);
  certificate.setSubject(name);
  certificate.setIssuer(issuer === undefined ? name : forge.pki.certificateFromPem(issuer.certificate.x509.toString()).subject.attributes);
  certificate.setExtensions([...uses[fields.use]]);
  certificate.sign(issuer === undefined ? own : toForge(forge, issuer.key), forge.md.sha256.create());
  const [made] = parseCertificates(forge.pki.certificateToPem(certificate), 'the new certificate');
  if (made === undefined) throw new Error('no certificate was made');
  return made;
}

/** A request (PKCS#10, PEM) with which an authority issues a certificate for an RSA key. */
export async function certificateRequest(key: KeyObject, commonName: string): Promise<string> {
  const { default: forge } = await import('node-forge');
  const own = toForge(forge, key);
  const request = forge.pki.createCertificationRequest();
  request.publicKey = forge.pki.setRsaPublicKey(own.n, own.e);
  request.setSubject(nameOf(commonName));
  request.setAttributes([{ name: 'extensionRequest', extensions: uses.signer.slice(0, 3) }]);
  request.sign(own, forge.md.sha256.create());
  return forge.pki.certificationRequestToPem(request).replaceAll('\r\n', '\n');
}

function toForge(forge: Forge, key: KeyObject) {
  return forge.pki.privateKeyFromPem(key.export({ type: 'pkcs8', format: 'pem' }).toString());
}

function nameOf(commonName: string) {
  return [{ shortName: 'CN', value: commonName.replace(/[^A-Za-z0-9 '()+,./:=?-]/g, '-') }]; // letters of a PrintableString
}

/** Nobody vouches for longer than they are vouched for themselves. */
function lastMoment({ from, days }: CertificateFields, issuer: Issuer | undefined): Date {
  const wanted = from.getTime() + days * 86_400_000;
  return new Date(issuer === undefined ? wanted : Math.min(wanted, new Date(issuer.certificate.x509.validTo).getTime()));
}

/** Certificates know no fractions of a second. */
function wholeSecond(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}
