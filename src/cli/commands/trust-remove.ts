// `mvas trust remove`: takes a pin back.
import { KitError } from '../../core/kit-error.ts';
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) =>
    bare.argument('<key>', 'key id, or the first 8 or more characters of it').option('--json', 'print the removed pin as JSON'),
  examples: ['mvas trust remove 3f9a1c0d2b7e4455'],
  async run(io, { json }, start) {
    const { mvasHome } = await import('../../signing/mvas-home.ts');
    const { readLocalTrust, writeLocalTrust } = await import('../../signing/trust-store.ts');
    const home = mvasHome(io.env);
    const trust = await readLocalTrust(home);
    const [pin, other] = trust.pins.filter(({ keyId }) => start.length >= 8 && keyId.startsWith(start.toLowerCase()));
    if (pin === undefined || other !== undefined) {
      const message = pin === undefined ? `no trusted key starts with ${start}` : `several trusted keys start with ${start}`;
      throw new KitError('FLAG_INVALID', message, { hint: 'see the keys with: mvas trust list' });
    }
    await writeLocalTrust(home, { ...trust, pins: trust.pins.filter((kept) => kept !== pin) });
    io.print(json ? JSON.stringify(pin, null, 2) : `key ${pin.keyId} is trusted no longer`);
    return 0;
  },
});
export default command;
