// `mvas trust list`: whom this machine trusts and for what, and what is revoked.
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) => bare.option('--json', 'print pins and revocations as JSON'),
  examples: ['mvas trust list'],
  async run(io, { json }) {
    const { mvasHome } = await import('../../signing/mvas-home.ts');
    const { describeRevocation } = await import('../../signing/revocation.ts');
    const { pinnedCertificate, readLocalTrust } = await import('../../signing/trust-store.ts');
    const { tableLines } = await import('../render/table.ts');
    const trust = await readLocalTrust(mvasHome(io.env));
    if (json) io.print(JSON.stringify(trust, null, 2));
    else if (trust.pins.length === 0) io.print('no key is trusted on this machine');
    else {
      const rows = trust.pins.map((pin) => [
        pin.keyId.slice(0, 16),
        pin.kind,
        pin.namespaces.join(', '),
        pinnedCertificate(pin)?.x509.validTo ?? '-',
        pin.label ?? '',
      ]);
      const titles = ['KEY', 'KIND', 'NAMESPACES', 'VALID TO', 'LABEL'].map((title) => ({ title }));
      for (const line of tableLines(titles, rows)) io.print(line);
    }
    if (!json)
      for (const entry of trust.revoked)
        io.print(`revoked: ${describeRevocation(entry)}${entry.reason === undefined ? '' : `, ${entry.reason}`}`);
    return 0;
  },
});
export default command;
