// `mvas trust import`: lets this machine follow the trust file of an organisation.
import { resolve } from 'node:path';
import { defineCommand } from '../command.ts';
import { collect } from '../flag-values.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('<file>', 'signed trust file')
      .option(
        '--root <key>',
        'root key that you know from elsewhere, by its PEM file or key id; only for the first import; may be repeated',
        collect,
      )
      .option('--json', 'print what was imported as JSON'),
  examples: ['mvas trust import trust.json --root root-1.pub.pem --root root-2.pub.pem', 'mvas trust import trust.json'],
  async run(io, options, file) {
    const { importTrust } = await import('../../signing/effective-trust.ts');
    const { mvasHome } = await import('../../signing/mvas-home.ts');
    const knownRoots = await Promise.all((options.root ?? []).map((named) => rootNamed(named, io.cwd)));
    const head = await importTrust(mvasHome(io.env), resolve(io.cwd, file), { knownRoots, signal: io.signal });
    if (options.json) io.print(JSON.stringify(head, null, 2));
    else io.print(`this machine follows version ${head.version} of the trust file of ${head.name}, until ${head.expires}`);
    return 0;
  },
});
export default command;

async function rootNamed(named: string, cwd: string): Promise<string> {
  if (/^[0-9a-fA-F]{64}$/.test(named)) return named.toLowerCase();
  const { keyId } = await import('../../signing/keys.ts');
  const { readPublicKeyFile } = await import('../../signing/public-key-file.ts');
  return keyId((await readPublicKeyFile(resolve(cwd, named))).key);
}
