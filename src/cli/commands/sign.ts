// `mvas sign`: signs a package.
import type { KeyObject } from 'node:crypto';
import { resolve } from 'node:path';
import type { Io } from '../../core/io.ts';
import type { LineageLink } from '../../signing/lineage.ts';
import { defineCommand } from '../command.ts';
import type { SignerFlags } from '../signer-flags.ts';
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
      .option('--lineage <file>', 'proofs that earlier keys vouch for this one (default: <key>.lineage.json beside <key>.key.pem)')
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
    const { signerFrom } = await import('../signer-flags.ts');
    const path = file === undefined ? await packageHere(io.cwd) : resolve(io.cwd, file);
    const time = sourceDate(io.env);
    const signer = await signerFrom(options, io, () => keyFile(path, options, io));
    const signed = await signPackage(path, {
      ...signer,
      lineage: await lineageOf(options.lineage, await keyFile(path, options, io), signer.key, io),
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

/** File of the key, or of what names it where a program signs. */
async function keyFile(path: string, { key, cert, signerCmd }: SignerFlags, io: Io): Promise<string> {
  const named = signerCmd === undefined ? key : (cert ?? key);
  if (named !== undefined) return resolve(io.cwd, named);
  const { findOwnKey } = await import('../../signing/own-key.ts');
  return await findOwnKey(path, io.env);
}

async function lineageOf(named: string | undefined, file: string, key: KeyObject, io: Io): Promise<LineageLink[]> {
  const { lineageBeside, requireLineage } = await import('../../signing/lineage-file.ts');
  return named === undefined ? await lineageBeside(file, key) : await requireLineage(resolve(io.cwd, named), key);
}
