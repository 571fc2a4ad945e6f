// The flags that name a key to sign with: a file, or a program that holds the key.
import { resolve } from 'node:path';
import type { Io } from '../core/io.ts';
import { KitError } from '../core/kit-error.ts';
import type { KeySigner } from '../signing/key-signer.ts';
import type { KeyWithCertificates } from '../signing/pkcs12.ts';

/** The values of `--key`, `--cert` and `--signer-cmd`. */
export interface SignerFlags {
  readonly key?: string | undefined;
  readonly cert?: string | undefined;
  readonly signerCmd?: string | undefined;
}

/**
 * The key of `--signer-cmd`, else that of the file at `keyPath`, with its certificates.
 *
 * @throws {@link KitError} `FLAG_INVALID`, `FILE_NOT_FOUND`, `KEY_INVALID`.
 */
export async function signerFrom(
  flags: SignerFlags,
  io: Io,
  keyPath: () => string | Promise<string>,
): Promise<KeySigner & Pick<KeyWithCertificates, 'certificates'>> {
  const { key, cert, signerCmd } = flags;
  if (signerCmd !== undefined) return await commandOf(signerCmd, key, cert, io);
  const { readSigningKey } = await import('../signing/signing-key.ts');
  return await readSigningKey(await keyPath(), cert && resolve(io.cwd, cert), io.env['MVAS_KEY_PASSPHRASE'] || undefined);
}

async function commandOf(commandLine: string, key: string | undefined, cert: string | undefined, io: Io) {
  if (key !== undefined || cert === undefined) {
    throw new KitError('FLAG_INVALID', key === undefined ? '--signer-cmd needs --cert' : '--signer-cmd stands in place of --key', {
      hint: 'name the certificates, or the public key, of the key that the command signs with: --cert signer.cert.pem',
    });
  }
  const { readPublicKeyFile } = await import('../signing/public-key-file.ts');
  const { commandSigner } = await import('../signing/signer-command.ts');
  const { key: publicKey, chain } = await readPublicKeyFile(resolve(io.cwd, cert));
  return { key: publicKey, certificates: chain, signBytes: commandSigner(commandLine, publicKey, io) };
}

/** The file of `--key`, which must be named. */
export function namedKey({ key }: SignerFlags, io: Io): string {
  if (key !== undefined) return resolve(io.cwd, key);
  throw new KitError('FLAG_INVALID', 'no key to sign with is named', {
    hint: 'name a private key with --key, or a program with --signer-cmd',
  });
}
