// Any calls in any order, for as long as one likes.

import { defineCheck } from '../../check.ts';
import { type FuzzContext, fuzzStep, resultFaults } from '../../fuzz-steps.ts';
import { differences } from '../../plugin-copies.ts';
import { steadyResult } from '../../same-results.ts';

const steps = 40; // at most one inspection of usual size each: within the deadline also where one is slow

const check = defineCheck({
  id: 'robustness/long-fuzz',
  title: 'Long random sequences of calls, right and wrong ones, neither end the process nor spoil a verdict',
  why: 'Faults that need a rare size, setting or order of calls show on the line within weeks, and there only once.',
  fix: 'Run the piece that is named under a debugger or with -fsanitize=address: the same seed makes the same calls.',
  spec: 'abi.md#functions',
  blind: 'What the time that is given does not reach, and calls from several threads.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'long',
  needs: ['mvas_get_info', 'mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  uses: ['mvas_set_config', 'mvas_get_config', 'mvas_warmup', 'mvas_infer_batch', 'mvas_free_result', 'mvas_abi_version'],
  run(context) {
    const { plugin, image } = context;
    plugin.start();
    const picture = image();
    const before = steadyResult(plugin, picture);
    const findings = resultFaults(before, 'the first inspection');
    for (let step = 0; step < steps && findings.length === 0; step++) findings.push(...fuzzStep(context satisfies FuzzContext));
    plugin.cleanup();
    const code = plugin.init();
    if (code !== 0) return [...findings, { message: `after ${steps} random calls mvas_init returns ${code}: ${plugin.getError()}` }];
    const spoilt = differences(before, plugin.inspect(picture)).map((text) => ({
      message: `after ${steps} random calls and a new mvas_init, ${text}`,
    }));
    plugin.cleanup();
    return [...findings, ...spoilt];
  },
});
export default check;
