// `mvas uninstall`: removes an app with all its releases.
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) => bare.argument('<app>', 'id of an installed app, or its last segments').option('--json', 'print the id as JSON'),
  examples: ['mvas uninstall com.acme.scratch'],
  async run(io, { json }, app) {
    const { uninstall } = await import('../../runtime/installation/manage.ts');
    const id = await uninstall(app, io);
    io.print(json ? JSON.stringify({ id }, null, 2) : `${id} removed`);
    return 0;
  },
});
export default command;
