// `mvas golden`: compares a plugin's results with its recorded references.
import { Option } from '@commander-js/extra-typings';
import type { Io } from '../../core/io.ts';
import type { GoldenReport } from '../../golden/golden-report.ts';
import type { PluginSubject } from '../../golden/plugin-subject.ts';
import { toleranceProfileNames, toleranceProfiles } from '../../golden/tolerance-profiles.ts';
import { defineCommand } from '../command.ts';
import { collect, htmlFile } from '../flag-values.ts';
import { subjectFlags } from '../subject-flags.ts';

const command = defineCommand({
  flags: (bare) =>
    subjectFlags(bare)
      .option('--images <folder>', 'folder of test images (default: the project’s)')
      .option('--expected <file>', 'file of references (default: the project’s)')
      .option('--case <image>', 'only this image; may be repeated', collect)
      .addOption(
        new Option('--profile <name>', 'limits of the run; half is for half precision')
          .choices(toleranceProfileNames)
          .default('standard' as const),
      )
      .option('--report <file.html>', 'write a page that shows every image and its differences', htmlFile),
  examples: [
    'mvas golden',
    'mvas golden --report golden.html',
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
    const { compareGolden, openSubject, goldenLines, pageOf } = await loadParts();
    await using open = await openSubject(path, options, io);
    const { case: cases } = options;
    const page = options.report === undefined ? undefined : await pageOf(open.subject);
    const report = await compareGolden(open.subject, {
      signal: io.signal,
      profile: toleranceProfiles[options.profile],
      ...(page && { onSeen: page.onSeen }),
      ...(cases === undefined ? {} : { cases }),
      onCase: ({ image, status }) => io.progress(`${image}: ${status}`),
    });
    if (options.json) io.print(JSON.stringify(report, null, 2));
    else for (const line of goldenLines(report, io.colour)) io.print(line);
    if (page !== undefined && options.report !== undefined) await page.write(io, options.report, report);
    if (!report.ok && page === undefined)
      io.progress(
        'look at test/actual beside test/expected; or at the page of --report; if the new results are right: mvas golden record --reason "…"',
      );
    return report.ok ? 0 : 1;
  },
});
export default command;

/** Apart from `run`: in a function with `await using` the compiler leaves the `.ts` in import(). */
async function loadParts() {
  const { compareGolden } = await import('../../golden/compare-golden.ts');
  const { openSubject } = await import('../../golden/open-subject.ts');
  const { goldenLines } = await import('../render/golden.ts');
  return { compareGolden, openSubject, goldenLines, pageOf };
}

/** Gathers pictures while images are compared; the modules load only for who wants the page. */
async function pageOf(subject: PluginSubject) {
  const { collectPictures } = await import('../render/golden-pictures.ts');
  const { renderGoldenReport } = await import('../render/golden-page.ts');
  const { readExpectedResults } = await import('../../golden/expected-results.ts');
  const { writePage } = await import('../write-page.ts');
  const { images } = await readExpectedResults(subject.expectedResults);
  const { seen, onSeen } = collectPictures();
  return {
    onSeen,
    write: async (io: Io, path: string, report: GoldenReport): Promise<void> =>
      writePage(io, path, await renderGoldenReport(report, images, { folder: subject.testImages, seen })),
  };
}
