// Only the image's own bytes are read.
import { defineCheck } from '../../check.ts';

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
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  run({ plugin, image }) {
    plugin.start();
    const picture = image();
    plugin.inspect(picture);
    const padded = { ...picture, strideBytes: picture.strideBytes + 13 };
    for (const memory of ['guarded-end', 'guarded-start'] as const) for (const one of [picture, padded]) plugin.infer({ ...one, memory });
    return [];
  },
});
export default check;
