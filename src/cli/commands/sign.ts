// `mvas sign`: signs a package.
import { resolve } from 'node:path';
import type { Io } from '../../core/io.ts';
import { KitError } from '../../core/kit-error.ts';
import type { SignOptions } from '../../signing/sign.ts';
import { defineCommand } from '../command.ts';
import { sourceDate } from '../source-date.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('[file]', 'package to sign (default: the package of the project here)')
      .option('--key <file>', 'private key in PEM or PKCS#12 (default: the key in MVAS_HOME that is trusted here for this app)')
      .option(
        '--cert <file>',
        'certificates of the key in PEM, leaf first (default: those in the .p12, or <key>.cert.pem beside <key>.key.pem)',
      )
      .option('--signer-cmd <command>', 'program that signs in place of --key: bytes on stdin, signature on stdout; needs --cert')
      .option('--tsa <url>', 'timestamp authority (RFC 3161) to ask over the network when the signature was made')
      .option('--tsa-cmd <command>', 'program that asks one: request on stdin, answer on stdout')
      .option('-o, --output <file>', 'signed package to write (default: in place)')
      .option('--json', 'print the result as JSON')
      .addHelpText(
        'after',
        '\nMVAS_KEY_PASSPHRASE opens an encrypted key or .p12. SOURCE_DATE_EPOCH, if set, is recorded as the time of signing.',
      ),
  examples: [
    'mvas sign',
    'mvas sign bottle-cap-1.0.0.mvapp --key keys/mvas.key.pem',
    'mvas sign bottle-cap-1.0.0.mvapp --cert acme.cert.pem --signer-cmd "pkcs11-sign --slot 0"',
    'mvas sign bottle-cap-1.0.0.mvapp --key keys/mvas.key.pem --tsa https://timestamp.example.com',
  ],
  async run(io, options, file) {
    const { signPackage } = await import('../../signing/sign.ts');
    const { packageHere } = await import('../package-here.ts');
    const { askedTimestamp } = await import('../timestamp-flags.ts');
    const stamp = await askedTimestamp(options, io);
    const path = file === undefined ? await packageHere(io.cwd) : resolve(io.cwd, file);
    const time = sourceDate(io.env);
    const signed = await signPackage(path, {
      ...(await signerOf(path, options, io)),
      ...(options.output === undefined ? {} : { output: resolve(io.cwd, options.output) }),
      ...(time === undefined ? {} : { signedAt: time }),
      ...(stamp && { stamp }),
      signal: io.signal,
    });
    const { id, version, keyId, timestamp } = signed;
    if (options.json) io.print(JSON.stringify(signed, null, 2));
    else io.print(`${signed.path}  ${id} ${version} signed by key ${keyId.slice(0, 16)}`);
    if (!options.json && timestamp !== undefined) io.print(`timestamp ${timestamp.time} by ${timestamp.authority}`);
    return 0;
  },
});
export default command;

interface SignerFlags {
  readonly key?: string | undefined;
  readonly cert?: string | undefined;
  readonly signerCmd?: string | undefined;
}

async function signerOf(
  path: string,
  { key, cert, signerCmd }: SignerFlags,
  io: Io,
): Promise<Pick<SignOptions, 'key' | 'certificates' | 'signBytes'>> {
  if (signerCmd !== undefined) return await commandOf(signerCmd, key, cert, io);
  const { findOwnKey } = await import('../../signing/own-key.ts');
  const { readSigningKey } = await import('../../signing/signing-key.ts');
  const keyPath = key === undefined ? await findOwnKey(path, io.env) : resolve(io.cwd, key);
  return await readSigningKey(keyPath, cert && resolve(io.cwd, cert), io.env['MVAS_KEY_PASSPHRASE'] || undefined);
}

async function commandOf(commandLine: string, key: string | undefined, cert: string | undefined, io: Io) {
  if (key !== undefined || cert === undefined) {
    throw new KitError('FLAG_INVALID', key === undefined ? '--signer-cmd needs --cert' : '--signer-cmd stands in place of --key', {
      hint: 'name the certificates, or the public key, of the key that the command signs with: --cert signer.cert.pem',
    });
  }
  const { readPublicKeyFile } = await import('../../signing/public-key-file.ts');
  const { commandSigner } = await import('../../signing/signer-command.ts');
  const { key: publicKey, chain } = await readPublicKeyFile(resolve(io.cwd, cert));
  return { key: publicKey, certificates: chain, signBytes: commandSigner(commandLine, publicKey, io) };
}
