// `mvas keygen`: makes a key to sign packages with.
import { join, resolve } from 'node:path';
import type { Io } from '../../core/io.ts';
import { KitError } from '../../core/kit-error.ts';
import type { Issuer } from '../../signing/issue-certificate.ts';
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
      .option('--name <text>', 'start of the file names, and common name of the certificate')
      .option('--ca', 'an authority, which issues the certificates of signers and signs no packages')
      .option('--issuer <file>', 'private key of the authority that issues the certificate (default: the new key itself)')
      .option('--csr', 'write a request as well, for a certificate by somebody else’s authority')
      .option('--days <number>', 'how long the certificate is valid', wholeNumber(1), 730)
      .option('--json', 'print the result as JSON')
      .addHelpText('after', '\nMVAS_KEY_PASSPHRASE, if set, encrypts the private key, and opens that of --issuer.'),
  examples: [
    'mvas keygen --dev',
    'mvas keygen --dev --namespace "com.acme.*"',
    'mvas keygen --out keys --ed25519',
    'mvas keygen --ca --name acme-ca',
    'mvas keygen --name line-3 --issuer acme-ca.key.pem',
  ],
  subcommands: [{ name: 'rotate', summary: 'Let an old key vouch for a new one', load: () => import('./keygen-rotate.ts') }],
  async run(io, options) {
    refuseTogether(options);
    const { changeLocalTrust } = await import('../../signing/change-trust.ts');
    const { makeKey } = await import('../../signing/keygen.ts');
    const { mvasHome } = await import('../../signing/mvas-home.ts');
    const { keyNameOf, parseNamespace } = await import('../../signing/namespace.ts');
    const { makePin } = await import('../../signing/pin.ts');
    const { readLocalTrust, withPin } = await import('../../signing/trust-store.ts');
    const namespace = options.dev ? parseNamespace(options.namespace ?? (await ownNamespace(io))) : undefined;
    const home = mvasHome(io.env);
    if (namespace !== undefined) await readLocalTrust(home); // a damaged one is told before a key is made
    const name = namespace === undefined ? (options.name ?? 'mvas') : keyNameOf(namespace);
    const passphrase = io.env['MVAS_KEY_PASSPHRASE'];
    const made = await makeKey({
      folder: resolve(io.cwd, options.out ?? (options.dev ? join(home, 'keys') : '.')),
      name: fileName(name),
      type: options.ed25519 ? 'ed25519' : 'rsa',
      use: options.ca ? 'authority' : 'signer',
      ...(options.issuer && { issuer: await issuerNamed(resolve(io.cwd, options.issuer), passphrase) }),
      request: options.csr ?? false,
      ...(passphrase ? { passphrase } : {}),
      commonName: options.name ?? `${name} ${options.dev ? 'developer' : 'signing'} key`,
      days: options.days,
    });
    if (namespace !== undefined) {
      const pin = makePin(made.publicKey, [namespace], made.certificate, 'developer key of this machine');
      await changeLocalTrust(home, (before) => withPin(before, pin), io.signal);
    }
    show(io, made, namespace, options.json ?? false);
    return 0;
  },
});
export default command;

function show(io: Io, made: MadeKeyParts, namespace: string | undefined, json: boolean): void {
  const { keyId, keyPath, publicKeyPath, certificatePath, requestPath } = made;
  if (json) {
    io.print(JSON.stringify({ keyId, keyPath, publicKeyPath, certificatePath, requestPath, namespace: namespace ?? null }, null, 2));
    return;
  }
  io.print(`key      ${keyId}`);
  io.print(`private  ${keyPath}`);
  io.print(`public   ${certificatePath ?? publicKeyPath}`);
  if (requestPath !== null) io.print(`request  ${requestPath}`);
  if (namespace !== undefined) io.print(`trusted on this machine for ${namespace}`);
}

interface KeyFlags {
  readonly dev?: true | undefined;
  readonly ed25519?: true | undefined;
  readonly ca?: true | undefined;
  readonly csr?: true | undefined;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly issuer?: string | undefined;
}

/** Flags that contradict each other, each pair with its reason and the way out. */
function refuseTogether({ dev, ed25519, ca, csr, namespace, name, issuer }: KeyFlags): void {
  const named = name !== undefined || issuer !== undefined;
  const contradictions = [
    [!dev && namespace !== undefined, '--namespace belongs to --dev', 'trust other keys with: mvas trust add'],
    [
      dev && (ca || csr || named),
      '--dev makes a self-signed key under its own name',
      'leave --dev out, and pin the key with: mvas trust add',
    ],
    [ed25519 && (ca || csr || issuer !== undefined), 'an Ed25519 key has no certificate', 'leave --ed25519 out'],
    [ca && issuer !== undefined, 'an authority vouches for itself', 'leave --issuer out, and pin the authority with: mvas trust add'],
  ] as const;
  for (const [isSo, message, hint] of contradictions) if (isSo) throw new KitError('FLAG_INVALID', message, { hint });
}

/** A name as the start of file names. */
function fileName(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '') || 'mvas';
}

async function issuerNamed(path: string, passphrase: string | undefined): Promise<Issuer> {
  const { readSigningKey } = await import('../../signing/signing-key.ts');
  const { key, certificates } = await readSigningKey(path, undefined, passphrase || undefined);
  const [certificate] = certificates;
  if (certificate?.use.ca && key.asymmetricKeyType === 'rsa') return { key, certificate };
  throw new KitError('KEY_INVALID', `${path} is not the key of an authority, with its certificate beside it`, {
    hint: 'make one with: mvas keygen --ca --name acme-ca',
  });
}

/** The namespace of the project here; a person is asked to confirm or to name another. */
async function ownNamespace(io: Io): Promise<string> {
  const { readAnyManifest } = await import('../../manifest/read-manifest.ts');
  const { findProject } = await import('../../project/project.ts');
  const { namespaceOf } = await import('../../signing/namespace.ts');
  const root = await findProject(io.cwd);
  const suggestion = root === undefined ? undefined : namespaceOf((await readAnyManifest(join(root, 'manifest.json'))).app.id);
  if (io.interactive) return (await import('../ask-namespace.ts')).askNamespace(suggestion);
  if (suggestion !== undefined) return suggestion;
  throw new KitError('ANSWER_MISSING', '--dev needs --namespace outside a project', { hint: 'write --namespace "com.acme.*"' });
}
