// `mvas trust leave`: lets this machine follow no organisation's trust file any longer.
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) => bare.option('--json', 'print what was given up as JSON'),
  examples: ['mvas trust leave'],
  async run(io, { json }) {
    const { leaveTrust } = await import('../../signing/effective-trust.ts');
    const { mvasHome } = await import('../../signing/mvas-home.ts');
    const { version } = await leaveTrust(mvasHome(io.env), io.signal);
    io.print(
      json ? JSON.stringify({ version }, null, 2) : `version ${version} of the trust file counts no longer; own pins and revocations stay`,
    );
    return 0;
  },
});
export default command;
