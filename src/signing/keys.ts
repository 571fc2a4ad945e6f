// Loads keys for signing and verifying, and refuses those that are too weak.
import { createHash, createPrivateKey, createPublicKey, type KeyObject, type PrivateKeyInput } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { KitError } from '../core/kit-error.ts';
import { readError } from '../core/read-error.ts';

const minRsaBits = 3072;

/** The rule that a key breaks, as a clause, or undefined: RSA from 3072 bits with a large exponent, or Ed25519. */
export function keyProblem(key: KeyObject): string | undefined {
  if (key.asymmetricKeyType === 'ed25519') return undefined;
  if (key.asymmetricKeyType !== 'rsa') return `is of type ${key.asymmetricKeyType ?? key.type}, not RSA or Ed25519`;
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  if (modulusLength < minRsaBits) return `is RSA with ${modulusLength} bits, fewer than ${minRsaBits}`;
  return publicExponent < 65537n ? `is RSA with the exponent ${publicExponent}, below 65537` : undefined;
}

/** The rule that a key of a timestamp authority breaks: theirs are not of our making, so what is still safe elsewhere is taken too. */
export function timestampKeyProblem(key: KeyObject): string | undefined {
  const { modulusLength = 0, publicExponent = 0n, namedCurve = '' } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'ed25519') return undefined;
  if (key.asymmetricKeyType === 'ec')
    return ['prime256v1', 'secp384r1', 'secp521r1'].includes(namedCurve) ? undefined : `is on the curve ${namedCurve}`;
  if (key.asymmetricKeyType !== 'rsa') return `is of type ${key.asymmetricKeyType ?? key.type}`;
  if (modulusLength < 2048) return `is RSA with ${modulusLength} bits, fewer than 2048`;
  return publicExponent < 65537n ? `is RSA with the exponent ${publicExponent}, below 65537` : undefined;
}

/** Hexadecimal SHA-256 of the public key in DER (SPKI): the same for a private key, its public key and its certificates. */
export function keyId(key: KeyObject): string {
  return createHash('sha256').update(spkiOf(key)).digest('hex');
}

/** The public key in DER. */
export function spkiOf(key: KeyObject): Buffer {
  return (key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' });
}

/**
 * Reads a private key in PEM.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, or `KEY_INVALID` when it is something else, needs another passphrase or is too weak.
 */
export async function readPrivateKey(path: string, passphrase?: string): Promise<KeyObject> {
  const pem = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw readError(path, cause, 'make a key with: mvas keygen');
  });
  const key = parsePrivateKey(pem, path, passphrase);
  const problem = keyProblem(key);
  if (problem === undefined) return key;
  throw new KitError('KEY_INVALID', `the key in ${path} ${problem}`, { hint: 'make a key with: mvas keygen' });
}

function parsePrivateKey(pem: string, path: string, passphrase: string | undefined): KeyObject {
  const encrypted = /ENCRYPTED/.test(pem);
  if (encrypted && passphrase === undefined) {
    throw new KitError('KEY_INVALID', `the key in ${path} needs a passphrase`, { hint: 'set MVAS_KEY_PASSPHRASE' });
  }
  const input: PrivateKeyInput = { key: pem, format: 'pem', ...(encrypted && passphrase !== undefined ? { passphrase } : {}) };
  try {
    return createPrivateKey(input);
  } catch (cause) {
    const [what, hint] = encrypted
      ? ['cannot be opened with that passphrase', 'set MVAS_KEY_PASSPHRASE to the passphrase with which the key was made']
      : ['holds no private key in PEM', 'name the private key that mvas keygen wrote'];
    throw new KitError('KEY_INVALID', `${path} ${what}`, { cause, hint });
  }
}
