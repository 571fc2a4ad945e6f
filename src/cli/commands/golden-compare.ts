// `mvas golden compare`: two plugins, or a plugin and its bare model, over the same pictures.
import { Option } from '@commander-js/extra-typings';
import type { Io } from '../../core/io.ts';
import type { ComparisonReport } from '../../golden/compare-sides.ts';
import { toleranceProfileNames, toleranceProfiles } from '../../golden/tolerance-profiles.ts';
import { defineCommand } from '../command.ts';
import { htmlFile } from '../flag-values.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('<a>', 'project folder, library, .mvapp or model.onnx: the reference')
      .argument('<b>', 'the same: what is compared with it')
      .option('--images <folder>', 'folder of pictures (default: the test images of the first side that has some)')
      .option('--model <file>', 'model that both plugins get')
      .option('--config <file>', 'JSON file with settings that both plugins get')
      .addOption(
        new Option('--profile <name>', 'limits of the run; half is for half precision')
          .choices(toleranceProfileNames)
          .default('standard' as const),
      )
      .option('--allow-unsigned', 'take packages that nobody signed')
      .option('--report <file.html>', 'write a page that shows every image and its differences', htmlFile)
      .option('--json', 'print the report as JSON'),
  examples: [
    'mvas golden compare . models/model.onnx',
    'mvas golden compare bottle-cap-1.0.0.mvapp .',
    'mvas golden compare old/libplugin.so build/libplugin.so --model models/model.onnx --images parts',
  ],
  async run(io, options, a, b) {
    const { compareSides, comparisonLines, openSides } = await loadParts();
    await using sides = await openSides([a, b], options, io);
    const { folder, images, a: first, b: second } = sides;
    const page = options.report === undefined ? undefined : await pageOf(folder);
    const report = await compareSides(first, second, {
      folder,
      images,
      signal: io.signal,
      profile: toleranceProfiles[options.profile],
      ...(page && { onSeen: page.onSeen }),
      onCase: ({ image, status }) => io.progress(`${image}: ${status}`),
    });
    if (options.json) io.print(JSON.stringify(report, null, 2));
    else for (const line of comparisonLines(report, io.colour)) io.print(line);
    if (page !== undefined && options.report !== undefined) await page.write(io, options.report, report);
    return report.ok ? 0 : 1;
  },
});
export default command;

/** Apart from `run`: in a function with `await using` the compiler leaves the `.ts` in import(). */
async function loadParts() {
  const { compareSides } = await import('../../golden/compare-sides.ts');
  const { openSides } = await import('../../golden/open-sides.ts');
  const { comparisonLines } = await import('../render/comparison.ts');
  return { compareSides, comparisonLines, openSides };
}

/** Gathers pictures while images are compared; the modules load only for who wants the page. */
async function pageOf(folder: string) {
  const { collectPictures } = await import('../render/golden-pictures.ts');
  const { renderComparison } = await import('../render/golden-page.ts');
  const { writePage } = await import('../write-page.ts');
  const { seen, onSeen } = collectPictures();
  return {
    onSeen,
    write: async (io: Io, path: string, report: ComparisonReport): Promise<void> =>
      writePage(io, path, await renderComparison(report, { folder, seen })),
  };
}
