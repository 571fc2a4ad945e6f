// `mvas report open`: writes the pages and opens their index in the browser.
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) => bare.argument('[project]', 'project folder (default: the project here)'),
  examples: ['mvas report open'],
  async run(io, _options, path) {
    const { resolve } = await import('node:path');
    const { writeReports } = await import('../write-reports.ts');
    const { openInBrowser } = await import('../open-in-browser.ts');
    const index = await writeReports(resolve(io.cwd, path ?? '.'));
    io.print(index);
    await openInBrowser(index, io);
    return 0;
  },
});
export default command;
