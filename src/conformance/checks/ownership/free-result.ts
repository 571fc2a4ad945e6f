// What the plugin allocated it releases, once.
import { defineCheck } from '../../check.ts';
import type { NativeResult } from '../../check-context.ts';
import type { Finding } from '../../finding.ts';

const pointers = ['anomaly_map', 'bboxes', 'visualization', 'details_json'] as const;

const check = defineCheck({
  id: 'ownership/free-result',
  title: 'mvas_free_result releases a result, takes NULL and zeroed results, and leaves no pointer behind',
  why: 'The host calls it after every inspection: a fault here corrupts the heap thousands of times a day.',
  fix: 'Return on NULL; free only what mvas_infer allocated, never literals or static buffers; then set pointers to NULL and sizes to 0.',
  spec: 'abi.md#mvas_free_result',
  blind: 'Memory that is never freed.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  joins: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error', 'mvas_free_result'],
  run({ plugin, image, result }) {
    plugin.start();
    plugin.inspect(image());
    plugin.freeResult(null);
    plugin.freeResult(result(0));
    const struct = result(0);
    const findings: Finding[] = [];
    for (let round = 0; round < 3 && findings.length === 0; round++) {
      plugin.inferInto(image(), struct);
      plugin.freeResult(struct);
      findings.push(...leftBehind(struct));
    }
    if (findings.length === 0) plugin.freeResult(struct);
    return findings;
  },
});
export default check;

/** A second call on the same struct would free these twice. */
function leftBehind(struct: NativeResult): Finding[] {
  return pointers
    .filter((field) => struct.get(field) !== 0n)
    .map((field) => ({ message: `${field} still points somewhere after mvas_free_result`, severity: 'warning', data: { field } }));
}
