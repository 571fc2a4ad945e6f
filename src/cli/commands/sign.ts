// `mvas sign`: signs a package.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Io } from '../../core/io.ts';
import { KitError, toErrorText } from '../../core/kit-error.ts';
import type { Certificate } from '../../signing/certificates.ts';
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('[file]', 'package to sign (default: the package of the project here)')
      .option('--key <file>', 'private key in PEM (default: the key in MVAS_HOME that is trusted here for this app)')
      .option('--cert <file>', 'certificates of the key in PEM, leaf first (default: <key>.cert.pem beside <key>.key.pem)')
      .option('-o, --output <file>', 'signed package to write (default: in place)')
      .option('--json', 'print the result as JSON')
      .addHelpText('after', '\nMVAS_KEY_PASSPHRASE opens an encrypted key. SOURCE_DATE_EPOCH, if set, is recorded as the time of signing.'),
  examples: ['mvas sign', 'mvas sign bottle-cap-1.0.0.mvapp --key keys/mvas.key.pem'],
  async run(io, options, file) {
    const { readPrivateKey } = await import('../../signing/keys.ts');
    const { findOwnKey } = await import('../../signing/own-key.ts');
    const { signPackage } = await import('../../signing/sign.ts');
    const { packageHere } = await import('../package-here.ts');
    const path = file === undefined ? await packageHere(io.cwd) : resolve(io.cwd, file);
    const keyPath = options.key === undefined ? await findOwnKey(path, io.env) : resolve(io.cwd, options.key);
    const certificates = await readCertificates(keyPath, options.cert && resolve(io.cwd, options.cert));
    const time = signedAt(io.env);
    const signed = await signPackage(path, {
      key: await readPrivateKey(keyPath, io.env['MVAS_KEY_PASSPHRASE'] || undefined),
      certificates,
      ...(options.output === undefined ? {} : { output: resolve(io.cwd, options.output) }),
      ...(time === undefined ? {} : { signedAt: time }),
      signal: io.signal,
    });
    if (options.json) io.print(JSON.stringify(signed, null, 2));
    else io.print(`${signed.path}  ${signed.id} ${signed.version} signed by key ${signed.keyId.slice(0, 16)}`);
    return 0;
  },
});
export default command;

async function readCertificates(keyPath: string, named: string | undefined): Promise<Certificate[]> {
  const path = named ?? keyPath.replace(/\.key\.pem$/, '.cert.pem');
  if (named === undefined && path === keyPath) return [];
  const { parseCertificates } = await import('../../signing/certificates.ts');
  try {
    return parseCertificates(await readFile(path, 'utf8'), path);
  } catch (cause) {
    if (cause instanceof KitError) throw cause;
    if (named === undefined && (cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new KitError('FILE_NOT_FOUND', `${path} cannot be read: ${toErrorText(cause)}`, { cause, hint: 'check the path after --cert' });
  }
}

function signedAt(env: Io['env']): Date | undefined {
  const text = env['SOURCE_DATE_EPOCH'];
  if (!text) return undefined;
  if (/^\d{1,12}$/.test(text)) return new Date(Number(text) * 1000);
  throw new KitError('FLAG_INVALID', `SOURCE_DATE_EPOCH is ${JSON.stringify(text)}, not a number of seconds`, {
    hint: 'unset it, or set seconds since 1970',
  });
}
