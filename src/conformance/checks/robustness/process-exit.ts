// The process of the host can end.
import { defineCheck } from '../../check.ts';

const check = defineCheck({
  id: 'robustness/process-exit',
  title: 'The process ends cleanly by exit, after mvas_cleanup and without it',
  why: 'Service managers take a crash at the end for a failure and restart the line; a hang keeps the camera and the licence.',
  fix: 'Hold no state in static objects with destructors that need other libraries or threads: create it in mvas_init, destroy it in mvas_cleanup, and let a static destructor do nothing twice.',
  spec: 'abi.md#mvas_cleanup',
  blind: 'The order in which other libraries of the host end.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'repeated',
  leave: 'by exit',
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  variants: [{ name: 'exit after mvas_cleanup' }, { name: 'exit without mvas_cleanup' }],
  observe({ plugin, image }, { name }) {
    plugin.start();
    plugin.infer(image());
    if (name === 'exit after mvas_cleanup') plugin.cleanup();
    return 'told'; // how the process ends is the runner's to see
  },
  judge: () => [],
});
export default check;
