// Issues certificates for tests: authorities, leaves, and ones with something wrong.
import type { KeyObject } from 'node:crypto';
import forge from 'node-forge';
import { type Certificate, parseCertificates } from '../src/signing/certificates.ts';

/** What to issue; `extensions` are node-forge's. */
export interface Issue {
  readonly subject: string;
  readonly key: KeyObject;
  readonly issuer: string;
  readonly issuerKey: KeyObject;
  readonly extensions: readonly object[];
  readonly from?: string;
  readonly to?: string;
}

export const leafExtensions = [
  { name: 'basicConstraints', cA: false, critical: true },
  { name: 'keyUsage', digitalSignature: true, critical: true },
  { name: 'extKeyUsage', codeSigning: true },
];

/** Extensions of an authority. */
export function authorityExtensions(pathLength?: number): object[] {
  const constraint = pathLength === undefined ? {} : { pathLenConstraint: pathLength };
  return [
    { name: 'basicConstraints', cA: true, critical: true, ...constraint },
    { name: 'keyUsage', keyCertSign: true, critical: true },
  ];
}

/** Issues a certificate. */
export function issue({ subject, key, issuer, issuerKey, extensions, from = '2026-01-01', to = '2030-01-01' }: Issue): Certificate {
  const privateOf = (one: KeyObject) => forge.pki.privateKeyFromPem(one.export({ type: 'pkcs8', format: 'pem' }).toString());
  const { n, e } = privateOf(key);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(n, e);
  certificate.serialNumber = '01';
  certificate.validity.notBefore = new Date(from);
  certificate.validity.notAfter = new Date(to);
  certificate.setSubject([{ shortName: 'CN', value: subject }]);
  certificate.setIssuer([{ shortName: 'CN', value: issuer }]);
  certificate.setExtensions([...extensions]);
  certificate.sign(privateOf(issuerKey), forge.md.sha256.create());
  const [made] = parseCertificates(forge.pki.certificateToPem(certificate), subject);
  if (made === undefined) throw new Error('no certificate was made');
  return made;
}
