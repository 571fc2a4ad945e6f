// `mvas bench`: times a plugin and holds it against its budget.
import { resolve } from 'node:path';
import { defineCommand } from '../command.ts';
import { wholeNumber } from '../flag-values.ts';
import { subjectFlags } from '../subject-flags.ts';

const command = defineCommand({
  flags: (bare) =>
    subjectFlags(bare)
      .option('-n, --iterations <number>', 'inspections to time', wholeNumber(1), 1000)
      .option('-w, --warmup <number>', 'inspections before that are not counted', wholeNumber(), 10)
      .option('-i, --image <file>', 'picture to inspect (default: the one of benchmark.json, else the first test image)'),
  examples: ['mvas bench', 'mvas bench -n 10000 -i part.png', 'mvas bench bottle-cap-1.0.0.mvapp --json'],
  async run(io, options, path) {
    const { benchPlugin, openSubject, benchLines } = await loadParts();
    await using open = await openSubject(path, options, io);
    const { iterations, warmup, image } = options;
    const report = await benchPlugin(open.subject, {
      iterations,
      warmup,
      signal: io.signal,
      progress: (line) => io.progress(line),
      ...(image === undefined ? {} : { image: resolve(io.cwd, image) }),
    });
    if (options.json) io.print(JSON.stringify(report, null, 2));
    else for (const line of benchLines(report, io.colour)) io.print(line);
    for (const { limit, value, allowed, ok } of report.budget?.lines ?? []) {
      if (ok === false) io.progress(`${limit} is ${value}, and ${report.budget?.path} allows ${allowed}`);
      if (ok === null) io.progress(`${limit} cannot be judged: too few samples`);
    }
    const kept = report.budget?.ok ?? (report.budget === null ? true : null);
    return kept === false ? 1 : kept === null ? 2 : 0;
  },
});
export default command;

/** Apart from `run`: in a function with `await using` the compiler leaves the `.ts` in import(). */
async function loadParts() {
  const { benchPlugin } = await import('../../bench/bench-plugin.ts');
  const { openSubject } = await import('../../golden/open-subject.ts');
  const { benchLines } = await import('../render/bench.ts');
  return { benchPlugin, openSubject, benchLines };
}
