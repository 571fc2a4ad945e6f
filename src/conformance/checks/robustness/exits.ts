// A plugin never ends the host.
import { defineCheck } from '../../check.ts';

const configs = [
  '',
  '{',
  '[]',
  'null',
  '"text"',
  '{"threshold": "high"}',
  '{"threshold": 1e999}',
  '{"threads": -1}',
  '{"no such key": {"deep": [1, 2]}}',
];
const formats = ['rgb', '', 'YUV', '%s%n', 'RGBRGBRGB'.repeat(50)];

const check = defineCheck({
  id: 'robustness/exits',
  title: 'No call ends the process: no exit, abort or uncaught exception, whatever the input',
  why: 'The host runs the line; other plugins live in the same process.',
  fix: 'Wrap every exported function in try … catch (...) that sets the error text and returns a code; remove exit and abort, and look for libraries that call them.',
  spec: 'abi.md#functions',
  blind: 'Inputs that are not tried, and out of memory.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error', 'mvas_get_info'],
  uses: ['mvas_set_config', 'mvas_get_config', 'mvas_warmup', 'mvas_infer_batch', 'mvas_abi_version'],
  run({ plugin, exports, image, result, model, random }) {
    plugin.getInfo();
    for (const config of configs) plugin.init(model, config);
    plugin.cleanup();
    plugin.start();
    const picture = image();
    for (const format of formats) plugin.infer({ ...picture, format });
    plugin.infer({ ...picture, pixels: random.bytes(picture.pixels.length) });
    if (exports('mvas_infer_batch')) for (const count of [0, -1]) plugin.inferBatch([picture], count, result(0));
    if (exports('mvas_warmup')) for (const count of [0, -1, 1]) plugin.warmup(count);
    if (exports('mvas_set_config')) for (const value of ['', 'nan', 'abc', '1e999']) plugin.setConfig({ threshold: value, '': value });
    if (exports('mvas_get_config')) plugin.getConfig();
    if (exports('mvas_abi_version')) plugin.abiVersion();
    plugin.getError();
    plugin.cleanup();
    return [];
  },
});
export default check;
