// Signs bytes with a key at hand, or by a program that holds it.
import type { KeyObject } from 'node:crypto';
import { signBytesBy } from './envelope.ts';
import type { SignBytes } from './signer-command.ts';

/** A key to sign with. */
export interface KeySigner {
  /** Private key: RSA from 3072 bits, or Ed25519; with `signBytes` its public key. */
  readonly key: KeyObject;
  /** Makes the signature where the private key is out of reach: a hardware module, a key service. */
  readonly signBytes?: SignBytes;
}

/** A signature over bytes. */
export async function signWith({ key, signBytes }: KeySigner, bytes: Buffer): Promise<Buffer> {
  return signBytes === undefined ? signBytesBy(key, bytes) : await signBytes(bytes);
}
