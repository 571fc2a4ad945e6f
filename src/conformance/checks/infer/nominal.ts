// The plugin does its work at all.
import { defineCheck } from '../../check.ts';

const check = defineCheck({
  id: 'infer/nominal',
  title: 'mvas_infer of an image in the declared size and format succeeds',
  why: 'It is what the plugin is for.',
  fix: 'Read the code and the text of mvas_get_error in the finding.',
  spec: 'abi.md#mvas_infer',
  blind: 'Whether the answer is right: golden images tell.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  run({ plugin, image }) {
    const started = plugin.init();
    if (started !== 0) return [{ message: `mvas_init returns ${started}: ${plugin.getError()}`, data: { code: started } }];
    const { code, result } = plugin.infer(image());
    if (result === undefined) return [{ message: `mvas_infer returns ${code}: ${plugin.getError()}`, data: { code } }];
    plugin.cleanup();
    return [];
  },
});
export default check;
