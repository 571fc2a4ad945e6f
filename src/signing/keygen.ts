// Makes keys: a private key that only its owner can read, and what others need to check with.
import { createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeFileAtomic } from '../core/atomic-write.ts';
import { refuseExisting } from '../core/refuse-existing.ts';
import type { Certificate } from './certificates.ts';
import { certificateRequest, type Issuer, issueCertificate } from './issue-certificate.ts';
import { keyId } from './keys.ts';

const generate = promisify(generateKeyPair);

/** What key to make, and where. */
export interface KeygenOptions {
  /** Folder for the files. */
  readonly folder: string;
  /** Start of the file names: `<name>.key.pem`. */
  readonly name: string;
  /** RSA-3072 with a certificate, or Ed25519, which has none. */
  readonly type: 'rsa' | 'ed25519';
  /** Default `signer`. */
  readonly use?: 'signer' | 'authority';
  /** Who issues the certificate; default is the key itself. */
  readonly issuer?: Issuer;
  /** Writes a request for a certificate as well. */
  readonly request?: boolean;
  /** Encrypts the private key. */
  readonly passphrase?: string;
  /** Common name of the certificate. */
  readonly commonName: string;
  /** Validity of the certificate. */
  readonly days: number;
}

/** A key that was made. */
export interface MadeKey {
  readonly keyId: string;
  readonly keyPath: string;
  readonly publicKeyPath: string;
  readonly certificatePath: string | null;
  readonly requestPath: string | null;
}

/** A made key with its parts, to pin it at once. */
export interface MadeKeyParts extends MadeKey {
  readonly publicKey: KeyObject;
  readonly certificate?: Certificate;
}

/**
 * Makes a key pair and writes `<name>.key.pem` (PKCS#8, mode 0600), `<name>.pub.pem` and, for RSA, `<name>.cert.pem`: the
 * certificate and, behind it, those of its issuer.
 *
 * @throws {@link KitError} `FILE_EXISTS`: no key is ever overwritten; `WRITE_FAILED`.
 */
export async function makeKey(options: KeygenOptions): Promise<MadeKeyParts> {
  const path = (part: string) => join(options.folder, `${options.name}.${part}.pem`);
  for (const part of ['key', 'pub', 'cert', 'csr']) await refuseExisting(path(part), 'use that key, or name another folder with --out');
  const privateKey = await newKey(options.type);
  const publicKey = createPublicKey(privateKey);
  const fields = { commonName: options.commonName, days: options.days, use: options.use ?? 'signer', from: new Date() };
  const certificate = options.type === 'rsa' ? await issueCertificate(privateKey, fields, options.issuer) : undefined;
  const request = options.request ? await certificateRequest(privateKey, options.commonName) : undefined;
  await writeTogether([
    ...(certificate === undefined ? [] : [{ path: path('cert'), data: `${certificate.x509}${options.issuer?.certificate.x509 ?? ''}` }]),
    ...(request === undefined ? [] : [{ path: path('csr'), data: request }]),
    { path: path('pub'), data: publicKey.export({ type: 'spki', format: 'pem' }) },
    { path: path('key'), data: privatePem(privateKey, options.passphrase), mode: 0o600 },
  ]);
  return {
    keyId: keyId(publicKey),
    keyPath: path('key'),
    publicKeyPath: path('pub'),
    certificatePath: certificate === undefined ? null : path('cert'),
    requestPath: request === undefined ? null : path('csr'),
    publicKey,
    ...(certificate && { certificate }),
  };
}

interface NewFile {
  readonly path: string;
  readonly data: string | Buffer;
  readonly mode?: number;
}

/** All of the files or none: a certificate without its key would be in the way of the next attempt. */
async function writeTogether(files: readonly NewFile[]): Promise<void> {
  const written: string[] = [];
  try {
    for (const { path, data, mode } of files) {
      await writeFileAtomic(path, data, mode);
      written.push(path);
    }
  } catch (error) {
    for (const path of written) await rm(path, { force: true });
    throw error;
  }
}

async function newKey(type: 'rsa' | 'ed25519'): Promise<KeyObject> {
  const pair = type === 'rsa' ? generate('rsa', { modulusLength: 3072, publicExponent: 65537 }) : generate('ed25519');
  return (await pair).privateKey;
}

function privatePem(key: KeyObject, passphrase: string | undefined): string | Buffer {
  const encryption = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  return key.export({ type: 'pkcs8', format: 'pem', ...encryption });
}
