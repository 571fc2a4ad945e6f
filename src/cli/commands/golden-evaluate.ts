// `mvas golden evaluate`: how well a plugin tells good parts from defective ones.
import type { Io } from '../../core/io.ts';
import { KitError } from '../../core/kit-error.ts';
import type { EvaluationReport } from '../../golden/evaluation/evaluation-report.ts';
import { defineCommand } from '../command.ts';
import { htmlFile } from '../flag-values.ts';
import { subjectFlags } from '../subject-flags.ts';

const command = defineCommand({
  flags: (bare) =>
    subjectFlags(bare)
      .option('--images <folder>', 'folder with good/, a folder for each kind of defect, and masks/ (default: images of the project)')
      .option(
        '--report <file.html>',
        'write the page with curves, a threshold to move and every picture, the worst first, there, too (always: to the reports of the project)',
        htmlFile,
      )
      .option('--record', 'keep the figures as the baseline that later ones are compared with')
      .option('--reason <text>', 'why the baseline changes; needed with --record where there is one'),
  examples: [
    'mvas golden evaluate',
    'mvas golden evaluate --images parts --report evaluation.html',
    'mvas golden evaluate --record --reason "fitted to station 3"',
  ],
  async run(io, options, path) {
    const { join, resolve, baselinePath, evaluate, evaluationLines, openSubject, placeOfReport, recordBaseline, writeReport } =
      await loadParts();
    const { images, record, reason } = options;
    if (record && io.env['CI'] === 'true')
      throw new KitError('FLAG_INVALID', 'a baseline is not recorded with CI=true', {
        hint: 'record on your machine, look at the figures and commit it',
      });
    if (record && path?.toLowerCase().endsWith('.mvapp'))
      throw new KitError('FLAG_INVALID', `${path} is a package, and a package is not changed`, {
        hint: 'record in the project and pack again',
      });
    await using open = await openSubject(path, { ...options, images: undefined }, io);
    const { subject } = open;
    const folder = images === undefined ? join(subject.root, 'images') : resolve(io.cwd, images);
    // the page needs the pictures, which are at hand only now: later pages of the project lead to the one in its reports
    const places = new Set([placeOfReport('evaluation', subject, 'html'), options.report].filter((place) => place !== undefined));
    const page = places.size === 0 ? undefined : await evaluationPage();
    const report = await evaluate(subject, {
      folder,
      signal: io.signal,
      onImage: (image) => io.progress(image),
      ...(page && { onSeen: page.onSeen }),
    });
    if (record && report.baseline !== null && (reason ?? '').trim() === '')
      throw new KitError('ANSWER_MISSING', 'a baseline would be replaced, and nobody said why', { hint: 'say why with --reason "…"' });
    if (options.json) io.print(JSON.stringify(report, null, 2));
    else for (const line of evaluationLines(report, io.colour)) io.print(line);
    await writeReport('evaluation', subject, report);
    await page?.write(io, places, report);
    if (record && report.failed.length === 0) {
      await recordBaseline(baselinePath(subject), report, reason ?? 'first baseline');
      io.progress(`recorded in ${baselinePath(subject)}`);
    }
    return report.failed.length === 0 ? 0 : 1;
  },
});
export default command;

/** Apart from `run`: in a function with `await using` the compiler leaves the `.ts` in import(). */
async function loadParts() {
  const { join, resolve } = await import('node:path');
  const { baselinePath, recordBaseline } = await import('../../golden/evaluation/baseline.ts');
  const { evaluate } = await import('../../golden/evaluation/evaluate.ts');
  const { placeOfReport, writeReport } = await import('../../golden/golden-report.ts');
  const { openSubject } = await import('../../golden/open-subject.ts');
  const { evaluationLines } = await import('../render/evaluation.ts');
  return { join, resolve, baselinePath, evaluate, evaluationLines, openSubject, placeOfReport, recordBaseline, writeReport };
}

/** Gathers pictures while they are inspected; the modules load only for who wants the page. */
async function evaluationPage() {
  const { collectEvaluated, renderEvaluation } = await import('../render/evaluation-page.ts');
  const { writePage } = await import('../write-page.ts');
  const { seen, onSeen } = collectEvaluated();
  return {
    onSeen,
    async write(io: Io, paths: Iterable<string>, report: EvaluationReport): Promise<void> {
      const document = renderEvaluation(report, seen);
      for (const path of paths) await writePage(io, path, document);
    },
  };
}
