// `mvas trust remove`: takes a pin back.
import { KitError } from '../../core/kit-error.ts';
import type { Pin } from '../../signing/pin.ts';
import type { LocalTrust } from '../../signing/trust-store.ts';
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) =>
    bare.argument('<key>', 'key id, or the first 8 or more characters of it').option('--json', 'print the removed pin as JSON'),
  examples: ['mvas trust remove 3f9a1c0d2b7e4455'],
  async run(io, { json }, start) {
    const { mvasHome } = await import('../../signing/mvas-home.ts');
    const { changeLocalTrust } = await import('../../signing/change-trust.ts');
    const without = (trust: LocalTrust) => {
      const removed = onePin(trust, start);
      return { ...trust, pins: trust.pins.filter((kept) => kept !== removed), removed };
    };
    const { removed } = await changeLocalTrust(mvasHome(io.env), without, io.signal);
    io.print(json ? JSON.stringify(removed, null, 2) : `key ${removed.keyId} is trusted no longer`);
    return 0;
  },
});
export default command;

function onePin({ pins }: LocalTrust, start: string): Pin {
  const [pin, other] = pins.filter(({ keyId }) => start.length >= 8 && keyId.startsWith(start.toLowerCase()));
  if (pin !== undefined && other === undefined) return pin;
  const message = pin === undefined ? `no trusted key starts with ${start}` : `several trusted keys start with ${start}`;
  throw new KitError('FLAG_INVALID', message, { hint: 'see the keys with: mvas trust list' });
}
