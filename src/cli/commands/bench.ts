// `mvas bench`: times a plugin and holds it against its budget.
import { defineCommand } from '../command.ts';
import { duration } from '../duration.ts';
import { collect, wholeNumber } from '../flag-values.ts';
import { subjectFlags } from '../subject-flags.ts';

const command = defineCommand({
  flags: (bare) =>
    subjectFlags(bare)
      .option(
        '-n, --iterations <number>',
        'inspections to time (default: 1000, with --for at most what fits into that time)',
        wholeNumber(1),
      )
      .option('-w, --warmup <number>', 'inspections before that are not counted', wholeNumber(), 10)
      .option('-i, --image <file>', 'picture to inspect (default: the one of benchmark.json, else the first test image)')
      .option('--images [folder]', 'also time every picture of a folder (default: the test images)')
      .option(
        '--takt <time>',
        'also run with fixed triggers, such as 50ms: latency from when a part was due, late parts, stalls',
        duration('ms'),
      )
      .option('--idle <seconds>', 'also time single inspections after so long a pause', duration('s'))
      .option('--hosts <number>', 'also run 1, 2, 4, … processes at the same time, each a camera', wholeNumber(1))
      .option('--for <time>', 'after that run so long, such as 10m, and watch memory, threads and descriptors', duration('s'))
      .option('--sweep', 'also time sizes, pixel formats and strides')
      .option('--distinct', 'also time repeated beside ever new frames: unmasks a plugin that remembers')
      .option('--force', 'judge the manifest’s performance.baseline on this machine, too')
      .option('--report <file>', 'also write it there: .html with charts, .json, .csv with every sample; may be repeated', collect),
  examples: [
    'mvas bench',
    'mvas bench -n 10000 -i part.png',
    'mvas bench --takt 50ms --idle 5 --report bench.html',
    'mvas bench --for 10m                            does anything grow?',
    'mvas bench compare old.so new.so                is the new build slower?',
  ],
  subcommands: [
    { name: 'compare', summary: 'Say whether a new build is faster or slower than an old one', load: () => import('./bench-compare.ts') },
  ],
  async run(io, options, path) {
    const { runBench } = await import('../run-bench.ts');
    return await runBench(io, options, path);
  },
});
export default command;
