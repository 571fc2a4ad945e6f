// The text belongs to the last call of the thread.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';

const check = defineCheck({
  id: 'errors/not-stale',
  title: 'mvas_get_error is "" after a call that succeeded, keeps its text until the next call with a code, and is each thread’s own',
  why: 'A host that logs the text after every call reports a fault of yesterday with every good part, and one thread reads the fault of another.',
  fix: 'Clear the text where a function returns MVAS_OK, leave it alone in functions that return no code, and make the buffer thread_local.',
  spec: 'abi.md#mvas_get_error',
  blind: 'Functions that are not tried: init, infer, set_config, free_result, get_info and get_config are.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_get_info', 'mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  uses: ['mvas_set_config', 'mvas_get_config', 'mvas_free_result'],
  run({ plugin, exports, image, model, file, result, threads }) {
    const findings: Finding[] = [];
    const picture = image();
    const cleared = (words: string) => {
      const text = plugin.getError() ?? '';
      if (text !== '') findings.push({ message: `after ${words}, which succeeded, mvas_get_error still says ${JSON.stringify(text)}` });
    };
    const fail = () => plugin.inferInto({ ...picture, format: 'none' }, result(0)) < 0;
    if (model !== null && plugin.init(`${file('empty', null)}/none.model`) === 0) plugin.cleanup();
    plugin.start();
    cleared('mvas_init');
    const failed = fail();
    plugin.inspect(picture);
    cleared('mvas_infer');
    fail();
    if (exports('mvas_set_config') && plugin.setConfig([]) === 0) cleared('mvas_set_config');
    if (failed) findings.push(...lost());
    plugin.inspect(picture);
    if (threads.on(threads.start(), fail)) cleared('mvas_infer here and a failed one on another thread');
    return findings;

    /** The text must outlive calls that return no code. */
    function lost(): Finding[] {
      fail();
      const before = plugin.getError();
      if (plugin.getError() !== before) return []; // errors/message
      const between: (readonly [string, () => unknown])[] = [
        ['mvas_get_info', () => plugin.getInfo()],
        ...(exports('mvas_free_result') ? [['mvas_free_result', () => plugin.freeResult(result(0))] as const] : []),
        ...(exports('mvas_get_config') ? [['mvas_get_config', () => plugin.getConfig()] as const] : []),
      ];
      return between.flatMap(([name, call]): Finding[] => {
        call();
        const after = plugin.getError();
        const seen = after === null ? 'NULL' : JSON.stringify(after);
        return after === before
          ? []
          : [{ message: `${name} changes the text of mvas_get_error to ${seen}, which was ${JSON.stringify(before)}` }];
      });
    }
  },
});
export default check;
