// `mvas add platform`: builds for more platforms.
import { addFlags, showAddition } from '../add-flags.ts';
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) => addFlags(bare.argument('<keys...>', 'platforms such as windows-x64')),
  examples: ['mvas add platform windows-x64', 'mvas add platform linux-arm64 macos-arm64 --dry-run'],
  async run(io, { project, template, dryRun, json }, keys) {
    const { addPlatform } = await import('../../scaffold/add/add-platform.ts');
    const report = await addPlatform(keys, { folder: project ?? '.', template, dryRun: dryRun ?? false }, io);
    return await showAddition(report, json, io);
  },
});
export default command;
