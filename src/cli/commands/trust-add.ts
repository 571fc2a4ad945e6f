// `mvas trust add`: pins a key or an authority for some apps.
import { resolve } from 'node:path';
import { KitError } from '../../core/kit-error.ts';
import { parseNamespace } from '../../signing/namespace.ts';
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('<file>', 'certificate of a signer or an authority, or public key, in PEM')
      .option('--namespace <pattern>', 'apps it may sign, such as com.acme.*; may be repeated (default with --tsa: *)', namespaces)
      .option('--tsa', 'a timestamp authority, or the authority above it: its times count, it signs no packages')
      .option('--label <text>', 'who it is, for the list')
      .option('--json', 'print the pin as JSON'),
  examples: [
    'mvas trust add acme.cert.pem --namespace "com.acme.*" --label "Acme Vision"',
    'mvas trust add timestamp-root.pem --tsa --label "timestamps"',
  ],
  async run(io, { namespace, label, tsa, json }, file) {
    const { mvasHome } = await import('../../signing/mvas-home.ts');
    const { readPublicKeyFile, readTimestampAuthority } = await import('../../signing/public-key-file.ts');
    const { makePin, makeTimestampPin } = await import('../../signing/pin.ts');
    const { changeLocalTrust } = await import('../../signing/change-trust.ts');
    const { withPin } = await import('../../signing/trust-store.ts');
    const path = resolve(io.cwd, file);
    const home = mvasHome(io.env);
    const apps = namespace ?? (tsa ? ['*'] : undefined);
    if (apps === undefined) throw new KitError('FLAG_INVALID', '--namespace is missing', { hint: 'write --namespace "com.acme.*"' });
    const { key, certificate } = tsa ? await readTimestampAuthority(path) : await readPublicKeyFile(path);
    const pin = tsa && certificate ? makeTimestampPin(certificate, apps, label) : makePin(key, apps, certificate, label);
    const trust = await changeLocalTrust(home, (before) => withPin(before, pin), io.signal);
    const added = trust.pins.at(-1) ?? pin;
    const what = tsa ? 'the times of key' : 'key';
    io.print(json ? JSON.stringify(added, null, 2) : `${what} ${added.keyId} is trusted for ${added.namespaces.join(', ')}`);
    return 0;
  },
});
export default command;

function namespaces(text: string, former: readonly string[] = []): string[] {
  return [...former, parseNamespace(text)];
}
