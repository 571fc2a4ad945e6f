// Pixels may begin at any address.
import { defineCheck } from '../../check.ts';
import { sameFor, steadyResult } from '../../same-results.ts';
import { within } from '../../within.ts';

const offsets = [1, 3, 8, 4, 16, 32, 2, 5, 63, 17];

const check = defineCheck({
  id: 'infer/alignment',
  title: 'Pixels may begin at any address, and it changes nothing in the result',
  why: 'A region of interest of a larger frame begins anywhere; instructions for aligned memory crash there, and hand-written loops skip its edges.',
  fix: 'Load with unaligned instructions (_mm_loadu_si128, memcpy), and let loops for the ends treat all pixels alike.',
  spec: 'abi.md#image',
  blind: 'Faults that need a certain size together with a certain address.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  joins: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  run({ plugin, image, process }) {
    plugin.start();
    const picture = image();
    const expected = steadyResult(plugin, picture);
    for (const offsetBytes of within(process, offsets, 2)) {
      const findings = sameFor(plugin, expected, { ...picture, offsetBytes });
      if (findings.length > 0) return findings;
    }
    return [];
  },
});
export default check;
