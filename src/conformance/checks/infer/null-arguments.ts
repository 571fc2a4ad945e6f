// NULL is refused, not followed.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';

const check = defineCheck({
  id: 'infer/null-arguments',
  title: 'mvas_infer refuses a NULL image, data, format or result',
  why: 'A grabber that timed out hands over no buffer; that must be one failed inspection, not the end of the process.',
  fix: 'Check the four pointers first and return MVAS_ERROR_INVALID_INPUT.',
  spec: 'abi.md#mvas_infer',
  blind: 'Pointers that are wrong but not NULL: nobody can check those.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  joins: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  run({ plugin, image, result }) {
    plugin.start();
    const picture = image();
    const returned: [string, number][] = [
      ['image', plugin.inferInto(null, result(0))],
      ['data', plugin.inferInto({ ...picture, claims: { data: null } }, result(0))],
      ['format', plugin.inferInto({ ...picture, format: null }, result(0))],
      ['result', plugin.inferInto(picture, null)],
    ];
    return returned.flatMap(([name, code]): Finding[] => {
      if (code < 0) return [];
      return [{ message: `mvas_infer with ${name} NULL returns ${code} instead of −3`, severity: name === 'result' ? 'warning' : 'error' }];
    });
  },
});
export default check;
