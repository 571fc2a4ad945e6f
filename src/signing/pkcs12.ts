// Opens a PKCS#12 file: a private key with the certificates that belong to it.
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { KitError } from '../core/kit-error.ts';
import { type Certificate, parseCertificates } from './certificates.ts';
import { keyId } from './keys.ts';

/** What the file holds. */
export interface KeyWithCertificates {
  readonly key: KeyObject;
  /** Leaf first, each issued by the next; empty when the file has none of the key. */
  readonly certificates: readonly Certificate[];
}

type Forge = typeof import('node-forge');
type Pkcs12 = ReturnType<Forge['pkcs12']['pkcs12FromAsn1']>;

/**
 * Opens the file.
 *
 * @throws {@link KitError} `KEY_INVALID` when it is something else, the passphrase is wrong, or it holds no RSA key.
 */
export async function readPkcs12(bytes: Buffer, passphrase: string | undefined, source: string): Promise<KeyWithCertificates> {
  const { default: forge } = await import('node-forge');
  const opened = open(forge, bytes, passphrase ?? '', source);
  const { pkcs8ShroudedKeyBag, keyBag, certBag } = forge.pki.oids as Record<string, string>;
  const bags = (type: string | undefined) => (type === undefined ? [] : (opened.getBags({ bagType: type })[type] ?? []));
  const pems = [...bags(pkcs8ShroudedKeyBag), ...bags(keyBag)].flatMap(({ key }) => (key ? [forge.pki.privateKeyToPem(key)] : []));
  const [pem] = pems;
  if (pem === undefined || pems.length > 1) {
    throw new KitError('KEY_INVALID', `${source} holds ${pems.length} RSA keys, not one`, { hint: 'export one RSA key into it' });
  }
  const key = createPrivateKey(pem);
  const certificates = bags(certBag).flatMap(({ cert }) => (cert ? parseCertificates(forge.pki.certificateToPem(cert), source) : []));
  return { key, certificates: chainOf(key, certificates) };
}

function open(forge: Forge, bytes: Buffer, passphrase: string, source: string): Pkcs12 {
  try {
    return forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(bytes.toString('binary')), passphrase);
  } catch (cause) {
    throw new KitError('KEY_INVALID', `${source} cannot be opened: it is no PKCS#12 file, or has another passphrase`, {
      cause,
      hint: 'set MVAS_KEY_PASSPHRASE to its passphrase',
    });
  }
}

/** The certificate of the key, then those above it; the file may hold them in any order. */
function chainOf(key: KeyObject, certificates: readonly Certificate[]): Certificate[] {
  const chain: Certificate[] = [];
  let next = certificates.find(({ x509 }) => keyId(x509.publicKey) === keyId(key));
  while (next !== undefined && !chain.includes(next)) {
    chain.push(next);
    const { x509 } = next;
    next = certificates.find((other) => !chain.includes(other) && x509.checkIssued(other.x509));
  }
  return chain;
}
