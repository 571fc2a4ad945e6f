// `mvas report`: pages of what is known of a plugin, joined by an index.
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) => bare.argument('[project]', 'project folder (default: the project here)'),
  examples: ['mvas report', 'mvas report open'],
  subcommands: [{ name: 'open', summary: 'Write the pages and open them in the browser', load: () => import('./report-open.ts') }],
  async run(io, _options, path) {
    const { resolve } = await import('node:path');
    const { writeReports } = await import('../write-reports.ts');
    io.print(await writeReports(resolve(io.cwd, path ?? '.')));
    return 0;
  },
});
export default command;
