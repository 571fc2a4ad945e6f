// `mvas add workflow`: the workflow that builds and tests every change.
import { Argument } from '@commander-js/extra-typings';
import { addFlags, showAddition } from '../add-flags.ts';
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) =>
    addFlags(bare.addArgument(new Argument('[service]', 'service that runs it').choices(['github'] as const).default('github' as const))),
  examples: ['mvas add workflow', 'mvas add workflow github --dry-run'],
  async run(io, { project, template, dryRun, json }, service) {
    const { addWorkflow } = await import('../../scaffold/add/add-workflow.ts');
    const report = await addWorkflow(service, { folder: project ?? '.', template, dryRun: dryRun ?? false }, io);
    return await showAddition(report, json, io);
  },
});
export default command;
