// What the host lends stays as it is.
import { defineCheck } from '../../check.ts';
import { drawImage } from '../../test-image.ts';

const check = defineCheck({
  id: 'infer/read-only-input',
  title: 'mvas_infer writes neither to the pixels nor to the image struct nor to the format text',
  why: 'The same frame goes to other plugins, to the display and to the archive; cameras hand it out in memory that cannot be written.',
  fix: 'Normalise into a buffer of your own; take the struct as const and drop no const by a cast.',
  spec: 'abi.md#image',
  blind: 'Writes that happen only in images of other sizes than those tried.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'memory',
  joins: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  uses: ['mvas_infer_batch'],
  run({ plugin, image, random, exports, result }) {
    plugin.start();
    const nominal = image();
    plugin.inspect(nominal);
    const odd = drawImage({ width: 37, height: 29, format: nominal.format ?? 'RGB' }, random);
    const padded = { ...odd, strideBytes: odd.strideBytes + 5 };
    const lent = [nominal, odd, padded].map((one) => ({ ...one, memory: 'read-only' as const }));
    for (const one of lent) plugin.infer(one);
    if (exports('mvas_infer_batch')) plugin.inferBatch(lent.slice(1), 2, result(0, 2));
    return [];
  },
});
export default check;
