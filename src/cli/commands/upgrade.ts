// `mvas upgrade`: brings a project to this kit's version of its template.
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('[project]', 'folder of the project (default: this one)')
      .option('--check', 'write nothing; exit code 1 when there is something to upgrade')
      .option('--dry-run', 'say what would happen to each file and write nothing')
      .option('--template <name>', 'template to upgrade to (default: the one the project was made from)')
      .option('--from <folder>', 'the template as it was when the project was made, for templates that do not come with the kit')
      .option('--json', 'print the report as JSON'),
  examples: [
    'mvas upgrade',
    'mvas upgrade --check',
    'mvas upgrade --dry-run --json',
    'mvas upgrade --template ./our-template --from ./our-template-2024',
  ],
  async run(io, { check, dryRun, template, from, json }, folder) {
    const { upgrade } = await import('../../scaffold/upgrade/upgrade.ts');
    const { showMerge } = await import('../render/merge.ts');
    const report = await upgrade({ folder: folder ?? '.', template, from, dryRun: dryRun === true || check === true }, io);
    if (json) io.print(JSON.stringify(report, null, 2));
    else showMerge(report, io);
    if (check) return report.pending === 0 ? 0 : 1;
    return report.conflicts === 0 ? 0 : 1;
  },
});
export default command;
