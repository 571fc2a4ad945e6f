// mvas infer: what an app says about pictures.
import { Option } from '@commander-js/extra-typings';
import { defineCommand } from '../command.ts';
import { keyValue, wholeNumber } from '../flag-values.ts';

const command = defineCommand({
  flags: (bare) =>
    bare
      .argument('<app>', 'a package (.mvapp), which is verified first, a project folder, or the id of an installed app')
      .argument('<images...>', 'pictures, folders of pictures, or patterns such as "photos/*.png"')
      .option('--once', 'load the app for this call alone (the default)')
      .option('--output <folder>', 'write overlay pictures, anomaly maps, results.json and a contact sheet there')
      .option('--visualize', 'the same, to the folder mvas-infer unless --output names one')
      .option('--batch', 'hand several pictures to the plugin at a time, as many as its manifest allows')
      .option('--config <file>', 'JSON file of settings over those of the app')
      .option('--set <key=value>', 'one setting over those of the app and the file; may be repeated', keyValue)
      .option('--timeout <ms>', 'longest time of one inspection (default: 30000)', wholeNumber(1))
      .addOption(
        new Option('--fail-on <decision>', 'exit 1 also for a picture of that decision or a worse one').choices([
          'fail',
          'review',
        ] as const),
      )
      .option('--allow-unsigned', 'take a package that has no signature at all: for development only')
      .option('--in-process', 'load the plugin into this process, for a debugger')
      .option('--json', 'print the results as JSON'),
  examples: [
    'mvas infer . test/test_images --visualize                 look at what a project finds',
    'mvas infer scratch-1.0.0.mvapp part.png --json            one package, one picture',
    'mvas infer com.acme.scratch part.png                      an installed app; its last segments are enough',
    'mvas infer . photos --set threshold=0.7 --fail-on review  try a setting',
  ],
  async run(io, options, app, images) {
    const { inspectPictures } = await import('../inspect-pictures.ts');
    return inspectPictures(io, options, app, images);
  },
});
export default command;
