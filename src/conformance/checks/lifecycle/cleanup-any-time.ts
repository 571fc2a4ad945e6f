// Cleaning up is allowed whenever a host is unsure.
import { defineCheck } from '../../check.ts';

const check = defineCheck({
  id: 'lifecycle/cleanup-any-time',
  title: 'mvas_cleanup may be called in any state, also twice, and mvas_init works afterwards',
  why: 'Hosts call it again on shutdown; a second free corrupts the heap.',
  fix: 'Set pointers to null after releasing them, and return at once when nothing is initialised.',
  spec: 'abi.md#mvas_cleanup',
  blind: 'Memory, threads and files that remain.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  untouched: true,
  needs: ['mvas_init', 'mvas_cleanup', 'mvas_infer', 'mvas_get_error'],
  run({ plugin, image }) {
    plugin.cleanup();
    plugin.start();
    plugin.infer(image());
    plugin.cleanup();
    plugin.cleanup();
    const code = plugin.init();
    const text = plugin.getError();
    plugin.cleanup();
    return code === 0 ? [] : [{ message: `mvas_init returns ${code} after a second mvas_cleanup: ${text}` }];
  },
});
export default check;
