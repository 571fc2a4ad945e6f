// `mvas golden`: compares a plugin's results with its recorded references.
import { defineCommand } from '../command.ts';
import { collect } from '../flag-values.ts';
import { subjectFlags } from '../subject-flags.ts';

const command = defineCommand({
  flags: (bare) =>
    subjectFlags(bare)
      .option('--images <folder>', 'folder of test images (default: the project’s)')
      .option('--expected <file>', 'file of references (default: the project’s)')
      .option('--case <image>', 'only this image; may be repeated', collect),
  examples: [
    'mvas golden',
    'mvas golden --case good_01.png',
    'mvas golden bottle-cap-1.0.0.mvapp',
    'mvas golden record --reason "new model"',
  ],
  subcommands: [
    {
      name: 'compare',
      summary: 'Compare two plugins, or one with its bare model, over the same pictures',
      load: () => import('./golden-compare.ts'),
    },
    { name: 'evaluate', summary: 'Measure how well good and defective parts are told apart', load: () => import('./golden-evaluate.ts') },
    { name: 'record', summary: 'Record references for images that are new or changed', load: () => import('./golden-record.ts') },
  ],
  async run(io, options, path) {
    const { compareGolden, openSubject, goldenLines } = await loadParts();
    await using open = await openSubject(path, options, io);
    const { case: cases } = options;
    const report = await compareGolden(open.subject, {
      signal: io.signal,
      ...(cases === undefined ? {} : { cases }),
      onCase: ({ image, status }) => io.progress(`${image}: ${status}`),
    });
    if (options.json) io.print(JSON.stringify(report, null, 2));
    else for (const line of goldenLines(report, io.colour)) io.print(line);
    if (!report.ok) io.progress('look at test/actual beside test/expected; if the new results are right: mvas golden record --reason "…"');
    return report.ok ? 0 : 1;
  },
});
export default command;

/** Apart from `run`: in a function with `await using` the compiler leaves the `.ts` in import(). */
async function loadParts() {
  const { compareGolden } = await import('../../golden/compare-golden.ts');
  const { openSubject } = await import('../../golden/open-subject.ts');
  const { goldenLines } = await import('../render/golden.ts');
  return { compareGolden, openSubject, goldenLines };
}
