// `mvas golden record`: records the references that later results must equal.
import { KitError } from '../../core/kit-error.ts';
import { defineCommand } from '../command.ts';
import { collect } from '../flag-values.ts';
import { subjectFlags } from '../subject-flags.ts';

const command = defineCommand({
  flags: (bare) =>
    subjectFlags(bare)
      .option('--images <folder>', 'folder of test images (default: the project’s)')
      .option('--expected <file>', 'file of references (default: the project’s)')
      .option('--reason <text>', 'why references change; needed when one is replaced')
      .option('--missing', 'only images without reference')
      .option('--all', 'every image, changed or not')
      .option('--case <image>', 'only this image; may be repeated', collect),
  examples: ['mvas golden record', 'mvas golden record --missing', 'mvas golden record --case good_01.png --reason "new lamp"'],
  async run(io, options, path) {
    const { openSubject, recordGolden, recordLines } = await loadParts();
    const { missing, all, case: cases, reason } = options;
    if ([missing, all, cases].filter((flag) => flag !== undefined).length > 1)
      throw new KitError('FLAG_INVALID', '--missing, --all and --case cannot be given together', { hint: 'choose one of them' });
    if (path?.toLowerCase().endsWith('.mvapp'))
      throw new KitError('FLAG_INVALID', `${path} is a package, and a package is not changed`, {
        hint: 'record in the project and pack again',
      });
    await using open = await openSubject(path, options, io);
    const report = await recordGolden(open.subject, {
      mode: missing ? 'missing' : all ? 'all' : 'changed',
      ci: io.env['CI'] === 'true',
      signal: io.signal,
      progress: (line) => io.progress(line),
      ...(cases === undefined ? {} : { cases }),
      ...(reason === undefined ? {} : { reason }),
    });
    if (options.json) io.print(JSON.stringify(report, null, 2));
    else for (const line of recordLines(report)) io.print(line);
    return 0;
  },
});
export default command;

/** Apart from `run`: in a function with `await using` the compiler leaves the `.ts` in import(). */
async function loadParts() {
  const { openSubject } = await import('../../golden/open-subject.ts');
  const { recordGolden } = await import('../../golden/record-golden.ts');
  const { recordLines } = await import('../render/golden.ts');
  return { openSubject, recordGolden, recordLines };
}
