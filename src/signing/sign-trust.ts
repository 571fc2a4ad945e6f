// Adds the signature of a root key to a trust file.
import { KitError } from '../core/kit-error.ts';
import { type KeySigner, signWith } from './key-signer.ts';
import { keyId, keyProblem } from './keys.ts';
import { type SignedTrust, trustBytes } from './signed-trust.ts';

/**
 * The trust file with one more signature; a second one of the same key replaces the first.
 *
 * @throws {@link KitError} `KEY_INVALID` for a key that is too weak, and what signing throws.
 */
export async function addTrustSignature(signed: SignedTrust, signer: KeySigner): Promise<SignedTrust> {
  const problem = keyProblem(signer.key);
  if (problem !== undefined) throw new KitError('KEY_INVALID', `the key ${problem}`, { hint: 'make a key with: mvas keygen' });
  const keyid = keyId(signer.key);
  const sig = (await signWith(signer, trustBytes(signed.payload))).toString('base64');
  return { ...signed, signatures: [...signed.signatures.filter((other) => other.keyid !== keyid), { keyid, sig }] };
}
