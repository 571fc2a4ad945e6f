// Every call comes back.
import { defineCheck } from '../../check.ts';

const sizes: readonly (readonly [number, number])[] = [
  [1, 1],
  [1, 64],
  [64, 1],
  [2, 2],
  [3, 5],
  [17, 13],
];

const check = defineCheck({
  id: 'robustness/hangs',
  title: 'mvas_infer returns for images of any size and content, and mvas_cleanup returns after it',
  why: 'A call that does not come back stops the line, and nothing in the process can stop the call.',
  fix: 'Bound every loop by the size of its input; look at divisions of small sizes that give 0, and at iterations that wait for convergence.',
  spec: 'abi.md#mvas_infer',
  blind: 'Images that are not tried: single pixels, lines, odd sizes, flat and noisy ones are.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  run({ plugin, image, random }) {
    plugin.start();
    const nominal = image();
    const contents = [0, 128, 255].map((value) => new Uint8Array(nominal.pixels.length).fill(value));
    for (const pixels of [...contents, random.bytes(nominal.pixels.length)]) plugin.infer({ ...nominal, pixels });
    for (const [width, height] of sizes) plugin.infer(image({ width, height }));
    plugin.cleanup();
    return [];
  },
});
export default check;
