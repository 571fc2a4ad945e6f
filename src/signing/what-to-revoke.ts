// Finds out what somebody wants to revoke: a key, a certificate or a package, by its file or by its id.
import { KitError } from '../core/kit-error.ts';
import { keyId } from './keys.ts';
import { readPublicKeyFile } from './public-key-file.ts';
import { type Revocation, revocationOf } from './revocation.ts';
import type { RevocationKind } from './revocation-kinds.ts';
import { verifyPackage } from './verify.ts';

/**
 * Reads what is named: a PEM file (a certificate is revoked as such, or its key with kind `key`), a .mvapp, or 64 hexadecimal digits (a key id,
 * or a contentDigest with kind `package`).
 *
 * @throws {@link KitError} `FLAG_INVALID` when what is named cannot be revoked as that kind; `FILE_NOT_FOUND`, `KEY_INVALID`.
 */
export async function whatToRevoke(named: string, path: string, kind?: RevocationKind): Promise<Revocation> {
  if (/^[0-9a-fA-F]{64}$/.test(named)) return byId(named.toLowerCase(), kind);
  if (/\.mvapp$/i.test(named)) return await packageNamed(path, kind);
  const { key, certificate } = await readPublicKeyFile(path);
  if (kind === 'key' || (kind === undefined && certificate === undefined)) return { kind: 'key', keyId: keyId(key) };
  if (certificate !== undefined && kind !== 'package') return revocationOf(certificate);
  throw wrongKind(named, certificate === undefined ? 'a public key' : 'a certificate', kind);
}

function byId(id: string, kind: RevocationKind = 'key'): Revocation {
  if (kind === 'key') return { kind, keyId: id };
  if (kind === 'package') return { kind, contentDigest: id };
  throw wrongKind(id, 'a key id or contentDigest', kind);
}

async function packageNamed(path: string, kind: RevocationKind = 'package'): Promise<Revocation> {
  if (kind !== 'package') throw wrongKind(path, 'a package', kind);
  const { contentDigest } = await verifyPackage(path);
  if (contentDigest !== null) return { kind, contentDigest };
  throw new KitError('FLAG_INVALID', `${path} has no signature that names its content`, {
    hint: 'only signed packages can be revoked; an unsigned one is not taken anyway',
  });
}

function wrongKind(named: string, what: string, kind: RevocationKind | undefined): KitError {
  return new KitError('FLAG_INVALID', `${named} is ${what}, which cannot be revoked as a ${kind}`, { hint: 'leave --kind out' });
}
