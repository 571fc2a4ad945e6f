// A batch is right as a whole or refused as a whole.
import { defineCheck } from '../../check.ts';
import type { NativeResult } from '../../check-context.ts';
import type { Finding } from '../../finding.ts';
import { differences } from '../../plugin-copies.ts';
import type { TestImage } from '../../test-image.ts';

const pointers = ['anomaly_map', 'bboxes', 'visualization', 'details_json'] as const;

const check = defineCheck({
  id: 'batch/bad-arguments',
  title: 'mvas_infer_batch takes 0 images, refuses NULL, negative numbers and batches with a bad image, and then leaves nothing to free',
  why: 'An empty queue or one lost frame is an ordinary event for a host that collects images.',
  fix: 'Return 0 for no images and −3 for NULL or a negative number first; free what was made before the image that failed.',
  spec: 'abi.md#mvas_infer_batch',
  blind: 'Memory that is neither freed nor handed out.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  joins: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error', 'mvas_infer_batch'],
  run({ plugin, image, result }) {
    plugin.start();
    const picture = image();
    const expected = plugin.inspect(picture);
    const one = [picture];
    const returned: [string, number, boolean][] = [
      ['0 images', plugin.inferBatch(one, 0, result(0)), true],
      ['0 images at NULL', plugin.inferBatch(null, 0, null), true],
      ['−1 images', plugin.inferBatch(one, -1, result(0)), false],
      ['−2147483648 images', plugin.inferBatch(one, -(2 ** 31), result(0)), false],
      ['images NULL', plugin.inferBatch(null, 1, result(0)), false],
      ['results NULL', plugin.inferBatch(one, 1, null), false],
    ];
    const wrong = returned.flatMap(([words, code, succeeds]): Finding[] => {
      if (code === (succeeds ? 0 : -3)) return [];
      const message = `mvas_infer_batch with ${words} returns ${code} instead of ${succeeds ? 0 : '−3'}`;
      return [{ message, severity: code < 0 && !succeeds ? 'warning' : 'error' }];
    });
    const bad = badImages(picture).flatMap(([words, images]) => refused(words, images));
    const [difference] = differences(expected, plugin.inspect(picture));
    const after = difference === undefined ? [] : [{ message: `an image inspected after failed batches: ${difference}` }];
    return [...wrong, ...bad, ...after];

    function refused(words: string, images: readonly TestImage[]): Finding[] {
      const results = result(0, images.length);
      const code = plugin.inferBatch(images, images.length, results);
      if (code === 0) return [{ message: `mvas_infer_batch with ${words} returns 0` }];
      const left = [...images.keys()].flatMap((at) => leftBehind(results, at));
      return left.length === 0
        ? []
        : [{ message: `mvas_infer_batch with ${words} returns ${code}, but ${left.join(', ')} points somewhere` }];
    }
  },
});
export default check;

function badImages(image: TestImage): [string, TestImage[]][] {
  return [
    ['a second image without data', [image, { ...image, claims: { data: null } }]],
    ['a first image of height 0', [{ ...image, claims: { height: 0 } }, image]],
    ['a second image of an unknown format', [image, { ...image, format: 'unknown' }]],
  ];
}

function leftBehind(results: NativeResult, index: number): string[] {
  return pointers.filter((field) => results.get(field, index) !== 0n).map((field) => `${field} of result ${index + 1}`);
}
