// A batch is so many inspections, no more and no less.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { contents } from '../../images/contents.ts';
import { realDifference } from '../../nearly-equal.ts';
import { isRefusal } from '../../refusal.ts';
import { describeImage, drawImage, formatChannels, type TestImage } from '../../test-image.ts';
import { within } from '../../within.ts';

const counts = [2, 1, 7];

const check = defineCheck({
  id: 'batch/equals-singles',
  title: 'mvas_infer_batch gives for each image, in their order, what mvas_infer gives',
  why: 'A host that collects images to use the GPU better must not get another verdict for any part, or its neighbour’s.',
  fix: 'Prepare each image by its own size, stride and format, and write result i from image i; a loop over mvas_infer is right too.',
  spec: 'abi.md#mvas_infer_batch',
  blind: 'Batches other than of 1, 2 and 7 images; differences below a thousandth.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  joins: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error', 'mvas_infer_batch'],
  uses: ['mvas_free_result'],
  run({ plugin, image, random, result, exports, process, manifest }) {
    plugin.start();
    const nominal = image();
    plugin.inspect(nominal);
    const largest = manifest?.interface.input.max_batch_size;
    const pool = varied(nominal).filter((one, at) => at < 2 || plugin.infer(one).code === 0);
    for (const count of within(process, counts, 2)) {
      const images = Array.from({ length: count }, (_, at) => pool[at % pool.length] as TestImage);
      const findings = compare(images, largest === undefined ? count > 1 : count > largest);
      if (findings.length > 0) return findings;
    }
    return [];

    /** The nominal size first; then other sizes, formats and layouts. */
    function varied({ width, height, format }: TestImage): TestImage[] {
      const own = format ?? 'RGB';
      const other = Object.keys(formatChannels).find((name) => name !== own) ?? own;
      const odd = drawImage({ width: 41, height: 23, format: own }, random, 'blocks');
      return [
        nominal,
        drawImage({ width, height, format: own }, random, 'noise'),
        { ...odd, strideBytes: odd.strideBytes + 7 },
        drawImage({ width: 19, height: 31, format: other }, random, 'gradient'),
        drawImage({ width, height, format: own }, random, contents[random.below(contents.length)]),
      ];
    }

    function compare(images: readonly TestImage[], mayRefuse: boolean): Finding[] {
      const singles = images.map((one) => plugin.inspect(one));
      const results = result(0, images.length);
      const code = plugin.inferBatch(images, images.length, results);
      if (code !== 0) {
        if (mayRefuse && isRefusal(code)) return [];
        return [{ message: `mvas_infer_batch of ${images.length} images returns ${code}: ${plugin.getError()}` }];
      }
      const findings = singles.flatMap((single, at): Finding[] => {
        const difference = realDifference(single, plugin.copy(results, at));
        const which = `image ${at + 1} of ${images.length} (${describeImage(images[at] as TestImage)})`;
        return difference === undefined
          ? []
          : [{ message: `${which} in a batch: ${difference} by mvas_infer`, data: { count: images.length, index: at } }];
      });
      if (exports('mvas_free_result')) for (const at of images.keys()) plugin.freeResult(results, at);
      return findings.slice(0, 3);
    }
  },
});
export default check;
