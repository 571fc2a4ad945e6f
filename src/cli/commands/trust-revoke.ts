// `mvas trust revoke`: refuses a key, a certificate or a package from now on, whoever vouches for it.
import { resolve } from 'node:path';
import { Option } from '@commander-js/extra-typings';
import { KitError } from '../../core/kit-error.ts';
import { revocationKinds } from '../../signing/revocation-kinds.ts';
import type { LocalTrust } from '../../signing/trust-store.ts';
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('<what>', 'certificate or public key in PEM, signed .mvapp, or a key id')
      .addOption(new Option('--kind <kind>', 'what to revoke, where it is not clear').choices(revocationKinds))
      .option('--reason <text>', 'why, for those who meet it')
      .option('--undo', 'take the revocation back')
      .option('--json', 'print the revocation as JSON'),
  examples: [
    'mvas trust revoke acme.cert.pem --reason "key lost"',
    'mvas trust revoke bottle-cap-1.0.0.mvapp',
    'mvas trust revoke acme.cert.pem --undo',
  ],
  async run(io, { kind, reason, undo, json }, what) {
    const { changeLocalTrust } = await import('../../signing/change-trust.ts');
    const { mvasHome } = await import('../../signing/mvas-home.ts');
    const { describeRevocation } = await import('../../signing/revocation.ts');
    const { withoutRevocation, withRevocation } = await import('../../signing/trust-store.ts');
    const { whatToRevoke } = await import('../../signing/what-to-revoke.ts');
    const named = await whatToRevoke(what, resolve(io.cwd, what), kind);
    const revocation = reason === undefined ? named : { ...named, reason };
    const words = describeRevocation(revocation);
    const change = (trust: LocalTrust) => {
      const changed = undo ? withoutRevocation(trust, revocation) : withRevocation(trust, revocation);
      if (undo && changed.revoked.length === trust.revoked.length)
        throw new KitError('FLAG_INVALID', `${words} is not revoked here`, { hint: 'see what is with: mvas trust list' });
      return changed;
    };
    await changeLocalTrust(mvasHome(io.env), change, io.signal);
    io.print(json ? JSON.stringify(revocation, null, 2) : `${words} is ${undo ? 'no longer ' : ''}revoked`);
    return 0;
  },
});
export default command;
