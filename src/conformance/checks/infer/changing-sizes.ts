// What was inspected before does not limit what comes now.
import { defineCheck } from '../../check.ts';
import { type Fingerprint, fingerprint, fingerprintDifference } from '../../fingerprint.ts';
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
  blind: 'Sizes and orders other than the ones that are tried: growing, shrinking, and back.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'repeated',
  processes: 'copied',
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
  judge(observations) {
    const seen = observations.flatMap((list, at) => list.map((one, call) => ({ ...one, where: `${orders[at]?.name}, call ${call + 1}` })));
    for (const first of seen)
      for (const other of seen.filter(({ image }) => image === first.image)) {
        const difference = fingerprintDifference(first.result, other.result);
        if (difference !== undefined) return [{ message: `${first.image} (${other.where}): ${difference} (${first.where})` }];
      }
    return [];
  },
});
export default check;
