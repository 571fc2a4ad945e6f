// Finds the private key and the certificates that a signer names.
import { readFile } from 'node:fs/promises';
import { KitError } from '../core/kit-error.ts';
import { readError } from '../core/read-error.ts';
import { type Certificate, parseCertificates } from './certificates.ts';
import { keyProblem, readPrivateKey } from './keys.ts';
import { type KeyWithCertificates, readPkcs12 } from './pkcs12.ts';

/**
 * Reads a private key in PEM or PKCS#12 (`.p12`, `.pfx`) with its certificates: those of `certificatePath`, else those inside the file, else those of
 * `<name>.cert.pem` beside `<name>.key.pem`.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, `KEY_INVALID`.
 */
export async function readSigningKey(path: string, certificatePath?: string, passphrase?: string): Promise<KeyWithCertificates> {
  const named = certificatePath === undefined ? undefined : await readCertificates(certificatePath);
  if (!/\.(p12|pfx)$/i.test(path)) {
    return { key: await readPrivateKey(path, passphrase), certificates: named ?? (await certificatesBeside(path)) };
  }
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw readError(path, cause, 'check the path after --key');
  });
  const { key, certificates } = await readPkcs12(bytes, passphrase, path);
  const problem = keyProblem(key);
  if (problem !== undefined) throw new KitError('KEY_INVALID', `the key in ${path} ${problem}`, { hint: 'make a key with: mvas keygen' });
  return { key, certificates: named ?? certificates };
}

async function readCertificates(path: string): Promise<Certificate[]> {
  const pem = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw readError(path, cause, 'check the path after --cert');
  });
  return parseCertificates(pem, path);
}

async function certificatesBeside(keyPath: string): Promise<Certificate[]> {
  const path = keyPath.replace(/\.key\.pem$/, '.cert.pem');
  if (path === keyPath) return [];
  const pem = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw readError(path, cause, 'mend the file beside the key');
  });
  return pem === undefined ? [] : parseCertificates(pem, path);
}
