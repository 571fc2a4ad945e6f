// Drafts a trust file: the first one, or the next version of one.
import { KitError } from '../core/kit-error.ts';
import { readPublicKeyFile } from './public-key-file.ts';
import { makeRootKey, type RootKey, type RootRole } from './root-role.ts';
import { type TrustFile, trustFileSchema } from './trust-file.ts';
import { type LocalTrust, noTrust, withPin, withRevocation } from './trust-store.ts';

/** What to draft. */
export interface DraftOptions {
  /** The file that it follows; everything is taken over that is not given anew. */
  readonly from?: TrustFile | undefined;
  readonly name?: string | undefined;
  /** Keys that sign it. */
  readonly roots?: readonly RootKey[] | undefined;
  /** How many of them must; default 1 of one key, else 2. */
  readonly threshold?: number | undefined;
  /** When it expires. */
  readonly expires: Date;
  /** Pins and revocations of this user that go into it. */
  readonly own?: LocalTrust | undefined;
}

/**
 * Drafts a trust file; policies are written into the draft with an editor.
 *
 * @throws {@link KitError} `FLAG_INVALID` when it has no name or no root keys.
 */
export function draftTrust({ from, name = from?.name, roots, threshold, expires, own = noTrust }: DraftOptions): TrustFile {
  const root = rootRole(from?.root, roots, threshold);
  if (name === undefined || root === undefined) {
    throw new KitError('FLAG_INVALID', `the first trust file needs ${name === undefined ? '--name' : '--root'}`, {
      hint: 'name the organisation and the keys that sign: --name "Acme Vision" --root root-1.pub.pem; or the file before with --from',
    });
  }
  const { pins } = own.pins.reduce(withPin, { pins: from?.pins ?? [] });
  const { revoked } = own.revoked.reduce(withRevocation, { revoked: from?.revoked ?? [] });
  return {
    formatVersion: 1,
    name,
    version: (from?.version ?? 0) + 1,
    expires: new Date(Math.floor(expires.getTime() / 1000) * 1000).toISOString().replace('.000Z', 'Z'),
    root,
    pins,
    policies: from?.policies ?? [],
    revoked,
  };
}

/** The text of a draft: for editors, with the place of its schema. */
export function draftText(file: TrustFile): string {
  return `${JSON.stringify({ $schema: trustFileSchema.$id, ...file }, null, 2)}\n`;
}

/**
 * Reads the keys that are to sign a trust file, each from a certificate or public key in PEM.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, `KEY_INVALID`.
 */
export async function readRootKeys(paths: readonly string[], label: (path: string) => string): Promise<RootKey[]> {
  return Promise.all(paths.map(async (path) => makeRootKey((await readPublicKeyFile(path)).key, label(path))));
}

function rootRole(before: RootRole | undefined, keys: readonly RootKey[] | undefined, threshold: number | undefined): RootRole | undefined {
  const all = keys ?? before?.keys;
  if (all === undefined) return undefined;
  const usual = keys === undefined ? before?.threshold : undefined;
  return { threshold: threshold ?? usual ?? Math.min(2, all.length), keys: all };
}
