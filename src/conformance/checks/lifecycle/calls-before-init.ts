// A call too early is refused; it does not crash.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';

const notInitialized = -5;

const check = defineCheck({
  id: 'lifecycle/calls-before-init',
  title: 'Before mvas_init every call is harmless, and those that need it return −5',
  why: 'A host whose init failed may still ask for an inspection; a crash then takes the line down for a wrong path.',
  fix: 'Begin mvas_infer, mvas_infer_batch, mvas_warmup and mvas_set_config with: if not ready, set the error text and return MVAS_ERROR_NOT_INITIALIZED.',
  spec: 'abi.md#states',
  blind: 'Calls from two threads at once.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  untouched: true,
  needs: ['mvas_infer'],
  uses: ['mvas_infer_batch', 'mvas_warmup', 'mvas_set_config', 'mvas_free_result', 'mvas_get_config'],
  run({ plugin, exports, image, result }) {
    const zeroed = result(0);
    const returned: [string, number][] = [['mvas_infer', plugin.inferInto(image(), zeroed)]];
    if (exports('mvas_infer_batch')) returned.push(['mvas_infer_batch', plugin.inferBatch([image()], 1, result(0))]);
    if (exports('mvas_warmup')) returned.push(['mvas_warmup', plugin.warmup(1)]);
    if (exports('mvas_set_config')) returned.push(['mvas_set_config', plugin.setConfig({ threshold: '0.5' })]);
    if (exports('mvas_get_config')) plugin.getConfig();
    if (exports('mvas_free_result')) plugin.freeResult(zeroed);
    return returned.flatMap(([name, code]): Finding[] =>
      code === notInitialized
        ? []
        : [{ message: `${name} before mvas_init returns ${code} instead of −5`, data: { function: name, code } }],
    );
  },
});
export default check;
