// Adds the signature of a root key to a trust file.
import { KitError } from '../core/kit-error.ts';
import { readSignedTrust } from './effective-trust.ts';
import { type KeySigner, signWith } from './key-signer.ts';
import { keyId, keyProblem } from './keys.ts';
import { type SignedTrust, trustBytes } from './signed-trust.ts';

/**
 * The trust file with one more signature, at the end; a second one of the same key replaces the first.
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

/**
 * What is about to be signed with the signatures that it has already where it will be written.
 *
 * @throws {@link KitError} `FILE_EXISTS` when something else lies there that is no earlier version.
 */
export async function signedBefore(signed: SignedTrust, output: string): Promise<SignedTrust> {
  const there = await readSignedTrust(output);
  if (there === undefined || there.file.version < signed.file.version) return signed;
  if (there.sha256 === signed.sha256) return there.signatures.length > signed.signatures.length ? there : signed;
  throw new KitError('FILE_EXISTS', `${output} holds version ${there.file.version} with other content, and is not overwritten`, {
    hint: 'remove it, or name another file with --output',
  });
}
