// It does not matter which thread calls.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { differences } from '../../plugin-copies.ts';
import { steadyResult } from '../../same-results.ts';

const check = defineCheck({
  id: 'threads/other-thread',
  title: 'A plugin that was initialised on one thread gives the same results on any other, one call at a time',
  why: 'Hosts take a thread of a pool for each call: what is kept per thread is missing on the next one.',
  fix: 'Keep the plugin’s state in one object; thread_local is for the error text alone. Make what a library wants per thread at its first use on each.',
  spec: 'abi.md#functions',
  blind: 'State that shows only after many changes of thread.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  uses: ['mvas_set_config'],
  run({ plugin, exports, image, threads }) {
    const picture = image();
    const [first, second, third] = [threads.start(), threads.start(), threads.start()];
    const started = threads.on(first, () => plugin.init());
    if (started !== 0)
      return [{ message: `on another thread mvas_init returns ${started}: ${threads.on(first, () => plugin.getError())}` }];
    // all in one life: what changes from one to the next is for lifecycle/reinit
    const expected = threads.on(first, () => steadyResult(plugin, picture));
    const findings: Finding[] = [];
    const inspect = (where: string) => {
      const { code, result } = plugin.infer(picture);
      if (result === undefined) findings.push({ message: `${where} mvas_infer returns ${code}: ${plugin.getError()}`, data: { code } });
      else findings.push(...differences(expected, result).map((text) => ({ message: `${where} ${text}` })));
    };
    threads.on(second, () => inspect('on a thread other than that of mvas_init'));
    inspect('on a third thread');
    first.end();
    if (exports('mvas_set_config')) threads.on(second, () => plugin.setConfig([]));
    threads.on(third, () => {
      inspect('after the thread of mvas_init has ended');
    });
    threads.on(second, () => plugin.cleanup());
    for (const thread of [second, third]) thread.end();
    return findings;
  },
});
export default check;
