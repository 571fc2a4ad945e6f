// `mvas keygen`: makes a key to sign packages with.
import { join, resolve } from 'node:path';
import type { Io } from '../../core/io.ts';
import { KitError } from '../../core/kit-error.ts';
import type { MadeKeyParts } from '../../signing/keygen.ts';
import { defineCommand } from '../command.ts';
import { wholeNumber } from '../flag-values.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .option('--dev', 'make a developer key in MVAS_HOME and trust it on this machine for one namespace')
      .option(
        '--namespace <pattern>',
        'what --dev trusts the key for (default: the project’s app id without its last part, as in com.acme.*)',
      )
      .option('--out <folder>', 'folder for the files (default: the current one; with --dev: MVAS_HOME/keys)')
      .option('--ed25519', 'Ed25519 instead of RSA-3072; such a key has no certificate')
      .option('--days <number>', 'how long the certificate is valid', wholeNumber(1), 730)
      .option('--json', 'print the result as JSON')
      .addHelpText('after', '\nMVAS_KEY_PASSPHRASE, if set, encrypts the private key.'),
  examples: ['mvas keygen --dev', 'mvas keygen --dev --namespace "com.acme.*"', 'mvas keygen --out keys --ed25519'],
  async run(io, options) {
    const { makeKey } = await import('../../signing/keygen.ts');
    const { mvasHome } = await import('../../signing/mvas-home.ts');
    const { keyNameOf, parseNamespace } = await import('../../signing/namespace.ts');
    const { makePin, noTrust, readTrust, withPin, writeTrust } = await import('../../signing/trust-store.ts');
    const namespace = options.dev ? parseNamespace(options.namespace ?? (await ownNamespace(io))) : undefined;
    if (!options.dev && options.namespace !== undefined) {
      throw new KitError('FLAG_INVALID', '--namespace belongs to --dev', { hint: 'trust other keys with: mvas trust add' });
    }
    const home = mvasHome(io.env);
    const trust = namespace === undefined ? noTrust : await readTrust(home);
    const name = namespace === undefined ? 'mvas' : keyNameOf(namespace);
    const passphrase = io.env['MVAS_KEY_PASSPHRASE'];
    const made = await makeKey({
      folder: resolve(io.cwd, options.out ?? (options.dev ? join(home, 'keys') : '.')),
      name,
      type: options.ed25519 ? 'ed25519' : 'rsa',
      ...(passphrase ? { passphrase } : {}),
      commonName: `${name} ${options.dev ? 'developer' : 'signing'} key`,
      days: options.days,
    });
    if (namespace !== undefined) {
      await writeTrust(home, withPin(trust, makePin(made.publicKey, [namespace], made.certificate, 'developer key of this machine')));
    }
    show(io, made, namespace, options.json ?? false);
    return 0;
  },
});
export default command;

function show(io: Io, made: MadeKeyParts, namespace: string | undefined, json: boolean): void {
  const { keyId, keyPath, publicKeyPath, certificatePath } = made;
  if (json) {
    io.print(JSON.stringify({ keyId, keyPath, publicKeyPath, certificatePath, namespace: namespace ?? null }, null, 2));
    return;
  }
  io.print(`key      ${keyId}`);
  io.print(`private  ${keyPath}`);
  io.print(`public   ${certificatePath ?? publicKeyPath}`);
  if (namespace !== undefined) io.print(`trusted on this machine for ${namespace}`);
}

/** The namespace of the project here; a person is asked to confirm or to name another. */
async function ownNamespace(io: Io): Promise<string> {
  const { findProject, openProject } = await import('../../project/project.ts');
  const { namespaceOf } = await import('../../signing/namespace.ts');
  const root = await findProject(io.cwd);
  const suggestion = root === undefined ? undefined : namespaceOf((await openProject(root)).manifest.app.id);
  if (io.interactive) return (await import('../ask-namespace.ts')).askNamespace(suggestion);
  if (suggestion !== undefined) return suggestion;
  throw new KitError('ANSWER_MISSING', '--dev needs --namespace outside a project', { hint: 'write --namespace "com.acme.*"' });
}
