// `mvas trust add`: pins a key or an authority for some apps.
import { resolve } from 'node:path';
import { parseNamespace } from '../../signing/namespace.ts';
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('<file>', 'certificate of a signer or an authority, or public key, in PEM')
      .requiredOption('--namespace <pattern>', 'apps it may sign, such as com.acme.*; may be repeated', namespaces)
      .option('--label <text>', 'who it is, for the list')
      .option('--json', 'print the pin as JSON'),
  examples: ['mvas trust add acme.cert.pem --namespace "com.acme.*" --label "Acme Vision"'],
  async run(io, { namespace, label, json }, file) {
    const { mvasHome } = await import('../../signing/mvas-home.ts');
    const { readPublicKeyFile } = await import('../../signing/public-key-file.ts');
    const { makePin, readLocalTrust, withPin, writeLocalTrust } = await import('../../signing/trust-store.ts');
    const { key, certificate } = await readPublicKeyFile(resolve(io.cwd, file));
    const home = mvasHome(io.env);
    const pin = makePin(key, namespace, certificate, label);
    const trust = withPin(await readLocalTrust(home), pin);
    await writeLocalTrust(home, trust);
    const added = trust.pins.at(-1) ?? pin;
    io.print(json ? JSON.stringify(added, null, 2) : `key ${added.keyId} is trusted for ${added.namespaces.join(', ')}`);
    return 0;
  },
});
export default command;

function namespaces(text: string, former: readonly string[] = []): string[] {
  return [...former, parseNamespace(text)];
}
