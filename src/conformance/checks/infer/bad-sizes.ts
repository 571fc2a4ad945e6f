// Sizes that no image has are refused.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { describeImage, type TestImage } from '../../test-image.ts';

const smallest = -(2 ** 31);
const invalidInput = -3;
const bad: readonly TestImage['claims'][] = [
  ...[0, -1, smallest].flatMap((size) => [{ width: size }, { height: size }]),
  ...[0, 2, 5, -1].map((channels) => ({ channels })),
];

const check = defineCheck({
  id: 'infer/bad-sizes',
  title: 'mvas_infer refuses sizes below 1 and numbers of channels that no format has',
  why: 'A misconfigured camera sends them; taken as they are they become huge allocations or reads far outside the image.',
  fix: 'Compare width, height and channels before the first multiplication and return MVAS_ERROR_INVALID_INPUT.',
  spec: 'abi.md#mvas_infer',
  blind: 'Sizes that are possible but larger than the buffer behind them.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  joins: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  run({ plugin, image, result }) {
    plugin.start();
    const picture = image();
    return bad.flatMap((claims): Finding[] => {
      const lying = { ...picture, claims };
      const code = plugin.inferInto(lying, result(0));
      if (code === invalidInput) return [];
      const message = `mvas_infer of ${describeImage(lying)} returns ${code} instead of −3`;
      return [{ message, severity: code < 0 ? 'warning' : 'error' }];
    });
  },
});
export default check;
