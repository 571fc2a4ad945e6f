// Only the image's own bytes are read.
import { defineCheck } from '../../check.ts';
import { drawImage, formatChannels, type TestImage } from '../../test-image.ts';
import { within } from '../../within.ts';

const check = defineCheck({
  id: 'infer/bounds',
  title: 'mvas_infer reads nothing before the first and nothing behind the last pixel, padded rows included',
  why: 'Behind a camera buffer may be unmapped memory: one byte too many is a crash that happens once a month.',
  fix: 'The last row ends after width · channels bytes, not after stride; never copy height · stride bytes, and clamp what a filter reads around a pixel.',
  spec: 'abi.md#image',
  blind: 'Reads that jump over the guard page, and wrong reads inside the image.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'memory',
  joins: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  run({ plugin, image, random, process }) {
    plugin.start();
    const picture = image();
    plugin.inspect(picture);
    for (const one of within(process, guarded(picture), 6)) plugin.infer(one);
    return [];

    function* guarded(nominal: TestImage): Generator<TestImage> {
      yield* onBothSides(nominal);
      const formats = [nominal.format ?? 'RGB', ...Object.keys(formatChannels)];
      for (const format of formats)
        for (const [width, height] of [
          [31, 17],
          [5, 3],
          [2, 7],
          [64, 2],
        ] as const)
          yield* onBothSides(drawImage({ width, height, format }, random));
    }
  },
});
export default check;

function* onBothSides(image: TestImage): Generator<TestImage> {
  const padded = { ...image, strideBytes: image.strideBytes + 13 };
  for (const memory of ['guarded-end', 'guarded-start'] as const) for (const one of [image, padded]) yield { ...one, memory };
}
