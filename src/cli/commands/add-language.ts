// `mvas add language`: texts of a language, to be translated.
import { addFlags, showAddition } from '../add-flags.ts';
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) => addFlags(bare.argument('<tag>', 'language tag such as de or pt-BR')),
  examples: ['mvas add language de', 'mvas add language zh --project ../bottle-cap'],
  async run(io, { project, template, dryRun, json }, tag) {
    const { addLanguage } = await import('../../scaffold/add/add-language.ts');
    const report = await addLanguage(tag, { folder: project ?? '.', template, dryRun: dryRun ?? false }, io);
    return await showAddition(report, json, io);
  },
});
export default command;
