// What was inspected before does not limit what comes now.
import { defineCheck } from '../../check.ts';
import { type Fingerprint, fingerprint, fingerprintDifference, unsteadyFields } from '../../fingerprint.ts';
import { describeImage, drawImage } from '../../test-image.ts';

interface Seen {
  readonly image: string;
  readonly result: Fingerprint;
}

const orders = [{ name: 'from small to large' }, { name: 'from large to small' }];

const check = defineCheck({
  id: 'infer/changing-sizes',
  title: 'Images of different sizes can follow each other in any order and give the results they give alone',
  why: 'Two cameras share one plugin; buffers of the first image’s size crop the second camera’s pictures, or overflow.',
  fix: 'Allocate or check the size of every buffer in every call; keep nothing of the image before.',
  spec: 'abi.md#image',
  blind:
    'Sizes and orders other than the ones that are tried: growing, shrinking, and back; fields that are others in every process, which determinism/processes looks at.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'repeated',
  processes: 'copied',
  again: true,
  variants: orders,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  observe({ plugin, image, random }, { name }): Seen[] {
    plugin.start();
    const nominal = image();
    const format = nominal.format ?? 'RGB';
    const larger = { width: Math.min(2 * nominal.width, 601) + 1, height: Math.min(2 * nominal.height, 457) + 1 };
    const images = [{ width: 13, height: 7 }, nominal, larger].map(({ width, height }) =>
      drawImage({ width, height, format }, random, 'noise'),
    );
    const order = name === orders[0]?.name ? [0, 1, 2, 0, 1] : [2, 1, 0, 2, 1];
    return order.map((at) => {
      const one = images[at] ?? nominal;
      return { image: describeImage(one), result: fingerprint(plugin.infer(one)) };
    });
  },
  judge(observations, again) {
    const [first = []] = observations;
    const unsteady = unsteadyFields(resultsOf(first), resultsOf(again ?? first));
    const seen = observations.flatMap((list, at) => list.map((one, call) => ({ ...one, where: `${orders[at]?.name}, call ${call + 1}` })));
    for (const one of seen)
      for (const other of seen.filter(({ image }) => image === one.image)) {
        const difference = fingerprintDifference(one.result, other.result, unsteady);
        if (difference !== undefined) return [{ message: `${one.image} (${other.where}): ${difference} (${one.where})` }];
      }
    return [];
  },
});
export default check;

function resultsOf(seen: readonly Seen[]): Fingerprint[] {
  return seen.map(({ result }) => result);
}
