// Rows may be padded.
import { defineCheck } from '../../check.ts';
import { sameFor, steadyResult } from '../../same-results.ts';

const check = defineCheck({
  id: 'infer/stride',
  title: 'Padding between rows changes nothing in the result',
  why: 'Cameras and grabbers align their rows; a plugin that ignores stride inspects a sheared image and nobody sees it.',
  fix: 'Address pixels as data + y · stride + x · channels; never copy width · height · channels bytes in one piece.',
  spec: 'abi.md#image',
  blind: 'Strides of more than a row and 64 bytes.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  run({ plugin, image }) {
    plugin.start();
    const picture = image();
    const expected = steadyResult(plugin, picture);
    const row = picture.strideBytes;
    const strides = [row, row + 1, row + 13, (Math.floor(row / 64) + 1) * 64];
    for (const strideBytes of strides)
      for (const padding of [0x00, 0xee, 0xff]) {
        const words = `padding 0x${padding.toString(16).padStart(2, '0')}`;
        const findings = sameFor(plugin, expected, { ...picture, strideBytes, padding }, words);
        if (findings.length > 0) return findings;
      }
    return [];
  },
});
export default check;
