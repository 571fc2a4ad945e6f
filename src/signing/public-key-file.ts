// Reads what somebody hands over to be trusted: a certificate, a public key, or a package that the key signed.
import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { KitError } from '../core/kit-error.ts';
import { readError } from '../core/read-error.ts';
import { type Certificate, parseCertificates } from './certificates.ts';
import { keyProblem, timestampKeyProblem } from './keys.ts';
import { timestampCertificateProblem } from './timestamp-certificate.ts';

/** A public key, with its certificate if it came in one. */
export interface PublicKeyFile {
  readonly key: KeyObject;
  readonly certificate?: Certificate;
  /** The certificate and those behind it in the file; empty for a bare key. */
  readonly chain: readonly Certificate[];
}

/**
 * Reads a certificate or a public key in PEM.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, `KEY_INVALID` for anything else, a private key included.
 */
export async function readPublicKeyFile(path: string, weakness = keyProblem): Promise<PublicKeyFile> {
  const pem = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw readError(path, cause, 'check the path');
  });
  const found = parsePublic(pem, path);
  const problem = weakness(found.key);
  if (problem === undefined) return found;
  throw new KitError('KEY_INVALID', `the key in ${path} ${problem}`, { hint: 'ask the signer for a stronger key' });
}

/**
 * Reads the certificate of a timestamp authority, or of an authority above it, in PEM.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, `KEY_INVALID` for anything else.
 */
export async function readTimestampAuthority(path: string): Promise<PublicKeyFile> {
  const found = await readPublicKeyFile(path, timestampKeyProblem);
  const { certificate } = found;
  const problem =
    certificate === undefined ? 'it is a bare key' : certificate.use.ca ? undefined : timestampCertificateProblem(certificate);
  if (problem === undefined) return found;
  throw new KitError('KEY_INVALID', `${path} holds no certificate of a timestamp authority: ${problem}`, {
    hint: 'name the certificate of the authority, or better the root above it, which changes less often',
  });
}

function parsePublic(pem: string, path: string): PublicKeyFile {
  if (pem.includes('PRIVATE KEY')) {
    throw new KitError('KEY_INVALID', `${path} holds a private key`, {
      hint: 'name the .cert.pem or .pub.pem file, and keep the private key private',
    });
  }
  if (pem.includes('BEGIN CERTIFICATE')) {
    const chain = parseCertificates(pem, path);
    const [certificate] = chain;
    if (certificate !== undefined) return { key: certificate.x509.publicKey, certificate, chain };
  }
  try {
    return { key: createPublicKey(pem), chain: [] };
  } catch (cause) {
    throw new KitError('KEY_INVALID', `${path} holds neither a certificate nor a public key in PEM`, {
      cause,
      hint: 'name the .cert.pem or .pub.pem file',
    });
  }
}
