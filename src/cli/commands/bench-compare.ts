// `mvas bench compare`: whether a new build is faster or slower than an old one, or a recorded report than an earlier one.
import { defineCommand } from '../command.ts';
import { wholeNumber } from '../flag-values.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('<old>', 'project folder, library or .mvapp, or a recorded report in JSON')
      .argument('<new>', 'the same, to be held against it')
      .option('--model <file>', 'model that both get')
      .option('--config <file>', 'JSON file with settings that both get')
      .option('-i, --image <file>', 'picture to inspect (default: the first test image of <old>)')
      .option('--rounds <number>', 'processes of each, one after the other in turns (default: 20)', wholeNumber(8))
      .option('-n, --iterations <number>', 'inspections in each process (default: as many as take 0.3 s)', wholeNumber(10))
      .option('-w, --warmup <number>', 'inspections before that are not counted (default: 10)', wholeNumber())
      .option('--force', 'compare also where model, settings or pixel format differ, of reports machine or picture, too')
      .option('--allow-unsigned', 'take packages that nobody signed')
      .option('--json', 'print the comparison as JSON'),
  examples: [
    'mvas bench compare old.so new.so --model model.onnx -i part.png',
    'mvas bench compare v1.mvapp v2.mvapp --force     with another model',
    'mvas bench compare before.json after.json        two reports of mvas bench --report',
  ],
  async run(io, options, former, later) {
    const { runBenchCompare } = await import('../run-bench-compare.ts');
    return await runBenchCompare(io, options, former, later);
  },
});
export default command;
