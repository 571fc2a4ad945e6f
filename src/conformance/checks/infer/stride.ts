// Rows may be padded.
import { defineCheck } from '../../check.ts';
import { paddings, usualStrides } from '../../images/layouts.ts';
import { sameFor, steadyResult } from '../../same-results.ts';
import type { TestImage } from '../../test-image.ts';
import { within } from '../../within.ts';

const check = defineCheck({
  id: 'infer/stride',
  title: 'Padding between rows changes nothing in the result',
  why: 'Cameras and grabbers align their rows; a plugin that ignores stride inspects a sheared image and nobody sees it.',
  fix: 'Address pixels as data + y · stride + x · channels; never copy width · height · channels bytes in one piece.',
  spec: 'abi.md#image',
  blind: 'Strides other than the row and 1, 13, 4096 bytes more, the next multiples of 4 and 64, and twice the row.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  joins: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  run({ plugin, image, process }) {
    plugin.start();
    const picture = image();
    const expected = steadyResult(plugin, picture);
    for (const one of within(process, padded(picture), 4)) {
      const findings = sameFor(plugin, expected, one, `padding 0x${one.padding.toString(16).padStart(2, '0')}`);
      if (findings.length > 0) return findings;
    }
    return [];
  },
});
export default check;

/** Every stride with every padding; each stride once before any comes again. */
function* padded(image: TestImage): Generator<TestImage> {
  const strides = usualStrides(image).filter((stride) => stride !== image.strideBytes);
  for (const turn of paddings.keys())
    for (const [at, strideBytes] of strides.entries())
      yield { ...image, strideBytes, padding: paddings[(at + turn + 1) % paddings.length] ?? 0 };
}
