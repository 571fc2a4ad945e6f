// A failed inspection gives nothing out.
import { defineCheck } from '../../check.ts';
import type { NativeResult } from '../../check-context.ts';
import type { Finding } from '../../finding.ts';
import { differences } from '../../plugin-copies.ts';
import { describeImage, type TestImage } from '../../test-image.ts';

const pointers = ['anomaly_map', 'bboxes', 'visualization', 'details_json'] as const;

const check = defineCheck({
  id: 'infer/error-leaves-nothing',
  title: 'After mvas_infer fails the result holds no pointers and can be used again',
  why: 'Hosts neither read nor free the result of a failed call: what hangs there leaks, or is freed twice.',
  fix: 'Build the result in a local struct and copy it to *result as the last step, when nothing can fail any more.',
  spec: 'abi.md#ownership',
  blind: 'Failures that no bad argument brings about, such as a full GPU.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  joins: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  uses: ['mvas_free_result'],
  run({ plugin, image, result, exports }) {
    plugin.start();
    const picture = image();
    const expected = plugin.inspect(picture);
    const struct = result(0);
    for (const one of refusedOnes(picture)) {
      struct.fill(0);
      const code = plugin.inferInto(one, struct);
      if (code === 0) {
        if (exports('mvas_free_result')) plugin.freeResult(struct);
        continue;
      }
      const left = leftBehind(struct).map((field): Finding => {
        return {
          message: `mvas_infer of ${describeImage(one)} returns ${code}, but ${field} of the result points somewhere`,
          data: { field },
        };
      });
      if (left.length > 0) return left;
      if (exports('mvas_free_result')) plugin.freeResult(struct);
    }
    const code = plugin.inferInto(picture, struct);
    if (code !== 0) return [{ message: `mvas_infer into the result of a failed call returns ${code}: ${plugin.getError()}` }];
    const [difference] = differences(expected, plugin.copy(struct));
    return difference === undefined ? [] : [{ message: `an image inspected after failed calls: ${difference}` }];
  },
});
export default check;

function refusedOnes(image: TestImage): TestImage[] {
  const claims: TestImage['claims'][] = [
    { data: null },
    { height: 0 },
    { width: -1 },
    { channels: 2 },
    { strideBytes: image.width * image.channels - 1 },
  ];
  return [...claims.map((lie) => ({ ...image, claims: lie })), { ...image, format: null }, { ...image, format: 'unknown' }];
}

function leftBehind(struct: NativeResult): string[] {
  return pointers.filter((field) => struct.get(field) !== 0n);
}
