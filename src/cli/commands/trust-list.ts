// `mvas trust list`: whom this machine trusts, and for what.
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) => bare.option('--json', 'print the pins as JSON'),
  examples: ['mvas trust list'],
  async run(io, { json }) {
    const { mvasHome } = await import('../../signing/mvas-home.ts');
    const { pinnedCertificate, readPins } = await import('../../signing/trust-store.ts');
    const { tableLines } = await import('../render/table.ts');
    const pins = await readPins(mvasHome(io.env));
    if (json) io.print(JSON.stringify(pins, null, 2));
    else if (pins.length === 0) io.print('no key is trusted on this machine');
    else {
      const rows = pins.map((pin) => [
        pin.keyId.slice(0, 16),
        pin.kind,
        pin.namespaces.join(', '),
        pinnedCertificate(pin)?.x509.validTo ?? '-',
        pin.label ?? '',
      ]);
      const titles = ['KEY', 'KIND', 'NAMESPACES', 'VALID TO', 'LABEL'].map((title) => ({ title }));
      for (const line of tableLines(titles, rows)) io.print(line);
    }
    return 0;
  },
});
export default command;
