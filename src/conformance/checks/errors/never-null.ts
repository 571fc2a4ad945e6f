// There is always a text, if only an empty one.
import { defineCheck } from '../../check.ts';
import type { LentText } from '../../check-context.ts';
import type { Finding } from '../../finding.ts';

const check = defineCheck({
  id: 'errors/never-null',
  title: 'mvas_get_error returns a text in every state and on every thread, never NULL and never memory of its own stack',
  why: 'Hosts decode it without asking, also before mvas_init and after mvas_cleanup: a NULL ends the process while it reports a fault.',
  fix: 'Return the address of a fixed buffer, thread_local char text[512], that begins as "".',
  spec: 'abi.md#mvas_get_error',
  blind: 'States that are not tried.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  uses: ['mvas_free_result'],
  run({ plugin, exports, image, model, file, result, threads }) {
    const findings: Finding[] = [];
    const look = (when: string) => void findings.push(...fault(when, plugin.lendError()));
    const picture = image();
    look('before mvas_init');
    if (model !== null && plugin.init(`${file('empty', null)}/none.model`) === 0) plugin.cleanup();
    look('after mvas_init with a missing model');
    plugin.start();
    look('after mvas_init');
    plugin.inspect(picture);
    look('after mvas_infer');
    plugin.inferInto({ ...picture, format: 'none' }, result(0));
    if (exports('mvas_free_result')) plugin.freeResult(result(0));
    look('after mvas_infer of format "none"');
    threads.on(threads.start(), () => look('on a thread that has called nothing else'));
    plugin.cleanup();
    look('after mvas_cleanup');
    return findings;
  },
});
export default check;

function fault(when: string, text: LentText): Finding[] {
  if (text.address === 0n) return [{ message: `${when} mvas_get_error returns NULL` }];
  if (text.isOnStack) return [{ message: `${when} mvas_get_error returns a pointer to its own stack` }];
  text.read(); // a pointer to nowhere ends the process here
  return [];
}
