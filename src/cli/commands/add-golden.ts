// `mvas add golden`: golden images for a project that has none, and pictures to record.
import { addFlags, showAddition } from '../add-flags.ts';
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) => addFlags(bare.argument('[images...]', 'pictures to copy to the test images')),
  examples: ['mvas add golden', 'mvas add golden part-1.png part-2.png'],
  async run(io, { project, template, dryRun, json }, images) {
    const { addGolden } = await import('../../scaffold/add/add-golden.ts');
    const report = await addGolden(images, { folder: project ?? '.', template, dryRun: dryRun ?? false }, io);
    return await showAddition(report, json, io);
  },
});
export default command;
