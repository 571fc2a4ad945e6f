// When a plugin is closed, none of its code runs any more.
import { basename } from 'node:path';
import type { ThreadFacts } from '../../../harness/process-probes.ts';
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { differences } from '../../plugin-copies.ts';
import { steadyResult } from '../../same-results.ts';

const processName = 'node'; // what a thread is called that was given no name
/** Runtimes and drivers that keep threads for the whole process, whatever a plugin does. */
const exempt = /\/lib(gomp|omp|iomp5|tbb|cuda|nvidia)[^/]*$/;

const check = defineCheck({
  id: 'lifecycle/threads-end',
  title: 'mvas_cleanup ends every thread of the plugin; unloaded and loaded again it is as new',
  why: 'Code that is unloaded under a running thread crashes the process at a time when nobody thinks of the plugin.',
  fix: 'Stop and join all threads in mvas_cleanup; keep nothing in the process that only this copy of the library knows.',
  spec: 'abi.md#mvas_cleanup',
  blind: 'Threads of OpenMP, TBB and CUDA, which live as long as the process.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'child',
  measures: 'process',
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  uses: ['mvas_warmup', 'mvas_set_config'],
  run({ plugin, exports, image, unload, process }) {
    const picture = image();
    const before = new Set(process.threads().map(({ id }) => id));
    plugin.start();
    const expected = steadyResult(plugin, picture);
    if (exports('mvas_warmup')) plugin.warmup(1);
    if (exports('mvas_set_config')) plugin.setConfig({});
    plugin.cleanup();
    const left = process.threads().filter(({ id }) => !before.has(id));
    // to unload code that a thread is in would crash this process, also where the thread is a runtime's
    if (left.length > 0) return describe(left.filter(({ code }) => !exempt.test(code ?? '')));
    unload();
    const code = plugin.init();
    if (code !== 0) return [{ message: `mvas_init returns ${code} after the library was loaded again: ${plugin.getError()}` }];
    const changed = differences(expected, plugin.inspect(picture));
    return changed.map((text) => ({ message: `after the library was loaded again: ${text}` }));
  },
});
export default check;

/** One finding for threads of one name in one library. */
function describe(threads: readonly ThreadFacts[]): Finding[] {
  const alike = new Map<string, number>();
  for (const { name, code } of threads) {
    const words = `${name === processName ? '' : ` named ${JSON.stringify(name)}`}${code === undefined ? ', running' : `, in ${basename(code)}`}`;
    alike.set(words, (alike.get(words) ?? 0) + 1);
  }
  return [...alike].map(([words, count]) => ({
    message: `after mvas_cleanup ${count === 1 ? 'a thread is' : `${count} threads are`} still there${words}`,
    data: { count },
  }));
}
