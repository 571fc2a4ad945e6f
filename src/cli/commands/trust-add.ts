// `mvas trust add`: pins a key or an authority for some apps.
import { resolve } from 'node:path';
import { mvasHome } from '../../signing/mvas-home.ts';
import { parseNamespace } from '../../signing/namespace.ts';
import { readPublicKeyFile } from '../../signing/public-key-file.ts';
import { makePin, readPins, withPin, writePins } from '../../signing/trust-store.ts';
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('<file>', 'certificate of a signer or an authority, or public key, in PEM')
      .requiredOption('--namespace <patterns...>', 'apps it may sign: com.acme.cap for one, com.acme.* for all below')
      .option('--label <text>', 'who it is, for the list')
      .option('--json', 'print the pin as JSON'),
  examples: ['mvas trust add acme.cert.pem --namespace "com.acme.*" --label "Acme Vision"'],
  async run(io, { namespace, label, json }, file) {
    const { key, certificate } = await readPublicKeyFile(resolve(io.cwd, file));
    const home = mvasHome(io.env);
    const pin = makePin(key, namespace.map(parseNamespace), certificate, label);
    const pins = withPin(await readPins(home), pin);
    await writePins(home, pins);
    const added = pins.at(-1) ?? pin;
    io.print(json ? JSON.stringify(added, null, 2) : `key ${added.keyId} is trusted for ${added.namespaces.join(', ')}`);
    return 0;
  },
});
export default command;
