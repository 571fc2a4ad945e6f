// A plugin keeps quiet.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';

const shown = 80;

const check = defineCheck({
  id: 'robustness/output',
  title: 'No call writes to standard output or error',
  why: 'The streams belong to the host: its JSON breaks, its log fills, and a full pipe stops the line.',
  fix: 'Remove printf and std::cout, set the log level of the libraries that are used to errors or none, and say what went wrong in mvas_get_error.',
  spec: 'abi.md#functions',
  blind: 'Output of threads that write later, and inputs that are not tried.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_get_info', 'mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  uses: ['mvas_set_config', 'mvas_get_config', 'mvas_warmup', 'mvas_infer_batch', 'mvas_free_result', 'mvas_abi_version'],
  run({ plugin, exports, image, result, model, file, captured }) {
    const picture = image();
    const loading = findingsOf('loading', captured(() => plugin.getInfo()).output);
    const steps: [words: string, isThere: boolean, call: () => unknown][] = [
      ['mvas_get_info', true, () => plugin.getInfo()],
      ['mvas_init with a damaged model', true, () => plugin.init(file('damaged.model', new Uint8Array(64)))],
      ['mvas_init with a broken configuration', true, () => plugin.init(model, '{')],
      ['mvas_init', true, () => plugin.start()],
      ['mvas_infer', true, () => [plugin.infer(picture), plugin.infer(picture)]],
      ['mvas_infer of a small image', true, () => plugin.infer(image({ width: 5, height: 3 }))],
      ['mvas_infer of an unknown format', true, () => plugin.infer({ ...picture, format: 'YUV' })],
      ['mvas_warmup', exports('mvas_warmup'), () => plugin.warmup(1)],
      ['mvas_set_config with an unknown key', exports('mvas_set_config'), () => plugin.setConfig({ 'no such key': '1' })],
      ['mvas_get_config', exports('mvas_get_config'), () => plugin.getConfig()],
      ['mvas_infer_batch of nothing', exports('mvas_infer_batch'), () => plugin.inferBatch(null, 0, result(0))],
      ['mvas_abi_version', exports('mvas_abi_version'), () => plugin.abiVersion()],
      ['mvas_get_error', true, () => plugin.getError()],
      ['mvas_cleanup', true, () => plugin.cleanup()],
    ];
    return [...loading, ...steps.flatMap(([words, isThere, call]) => (isThere ? findingsOf(words, captured(call).output) : []))];
  },
});
export default check;

function findingsOf(words: string, output: Readonly<Record<'stdout' | 'stderr', string>>): Finding[] {
  return (['stdout', 'stderr'] as const)
    .filter((stream) => output[stream] !== '')
    .map((stream) => ({
      message: `${words} writes ${Buffer.byteLength(output[stream])} bytes to ${stream}: ${JSON.stringify(output[stream].slice(0, shown))}`,
    }));
}
