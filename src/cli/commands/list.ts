// `mvas list`: what is installed.
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) => bare.option('--json', 'print the apps as JSON'),
  examples: ['mvas list', 'mvas list --json'],
  async run(io, { json }) {
    const { listInstalled } = await import('../../runtime/installation/manage.ts');
    const { tableLines } = await import('../render/table.ts');
    const apps = await listInstalled(io);
    if (json) io.print(JSON.stringify(apps, null, 2));
    else if (apps.length === 0) io.progress('no app is installed: mvas install FILE');
    else {
      const rows = apps.map(({ id, status, version, signer, previous }) => [id, status, version, previous ?? '-', signer ?? 'UNSIGNED']);
      for (const line of tableLines(
        ['ID', 'STATUS', 'VERSION', 'BEFORE', 'SIGNER'].map((title) => ({ title })),
        rows,
      ))
        io.print(line);
    }
    return 0;
  },
});
export default command;
