// `mvas golden evaluate`: how well a plugin tells good parts from defective ones.
import { KitError } from '../../core/kit-error.ts';
import { defineCommand } from '../command.ts';
import { subjectFlags } from '../subject-flags.ts';

const command = defineCommand({
  flags: (bare) =>
    subjectFlags(bare)
      .option('--images <folder>', 'folder with good/, a folder for each kind of defect, and masks/ (default: images of the project)')
      .option('--record', 'keep the figures as the baseline that later ones are compared with')
      .option('--reason <text>', 'why the baseline changes; needed with --record where there is one'),
  examples: ['mvas golden evaluate', 'mvas golden evaluate --images parts', 'mvas golden evaluate --record --reason "fitted to station 3"'],
  async run(io, options, path) {
    const { join, resolve, baselinePath, evaluate, evaluationLines, openSubject, recordBaseline } = await loadParts();
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
    const report = await evaluate(subject, { folder, signal: io.signal, onImage: (image) => io.progress(image) });
    if (record && report.baseline !== null && (reason ?? '').trim() === '')
      throw new KitError('ANSWER_MISSING', 'a baseline would be replaced, and nobody said why', { hint: 'say why with --reason "…"' });
    if (options.json) io.print(JSON.stringify(report, null, 2));
    else for (const line of evaluationLines(report, io.colour)) io.print(line);
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
  const { openSubject } = await import('../../golden/open-subject.ts');
  const { evaluationLines } = await import('../render/evaluation.ts');
  return { join, resolve, baselinePath, evaluate, evaluationLines, openSubject, recordBaseline };
}
