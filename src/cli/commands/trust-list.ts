// `mvas trust list`: whom this machine trusts and for what, and what is revoked.
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) => bare.option('--json', 'print pins and revocations as JSON'),
  examples: ['mvas trust list'],
  async run(io, { json }) {
    const { mvasHome } = await import('../../signing/mvas-home.ts');
    const { describeRevocation } = await import('../../signing/revocation.ts');
    const { readLocalTrust } = await import('../../signing/trust-store.ts');
    const { pinLines } = await import('../render/trust-file.ts');
    const trust = await readLocalTrust(mvasHome(io.env));
    if (json) io.print(JSON.stringify(trust, null, 2));
    else if (trust.pins.length === 0) io.print('no key is pinned on this machine');
    else for (const line of pinLines(trust)) io.print(line);
    if (!json)
      for (const entry of trust.revoked)
        io.print(`revoked: ${describeRevocation(entry)}${entry.reason === undefined ? '' : `, ${entry.reason}`}`);
    if (!json && trust.organisation !== undefined)
      io.print(`and version ${trust.organisation.version} of the organisation's trust file: see mvas trust show`);
    return 0;
  },
});
export default command;
