// `mvas rollback`: back to the release before.
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) => bare.argument('<app>', 'id of an installed app, or its last segments').option('--json', 'print the versions as JSON'),
  examples: ['mvas rollback com.acme.scratch'],
  async run(io, { json }, app) {
    const { rollBack } = await import('../../runtime/installation/manage.ts');
    const done = await rollBack(app, io);
    io.print(json ? JSON.stringify(done, null, 2) : `${done.id} is back from ${done.from} to ${done.to}`);
    return 0;
  },
});
export default command;
