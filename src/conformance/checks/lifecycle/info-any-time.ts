// Who the plugin is can be asked without starting it.
import { defineCheck } from '../../check.ts';

const check = defineCheck({
  id: 'lifecycle/info-any-time',
  title: 'mvas_get_info answers before mvas_init, after one that failed, and after mvas_cleanup',
  why: 'Hosts list plugins without loading their models, and show the name of one that did not start.',
  fix: 'Return the address of one static const MVASPluginInfo; read nothing from the model for it.',
  spec: 'abi.md#states',
  blind: 'Whether the answers agree: info/stable compares them.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  untouched: true,
  needs: ['mvas_get_info', 'mvas_init', 'mvas_cleanup'],
  run({ plugin, file }) {
    const seen: string[] = [];
    const ask = (when: string) => {
      if (plugin.getInfo() === null) seen.push(when);
    };
    ask('before mvas_init');
    plugin.init(`${file('none', null)}/missing.model`);
    ask('after an mvas_init that failed');
    plugin.init();
    plugin.cleanup();
    ask('after mvas_cleanup');
    return seen.map((when) => ({ message: `it returns NULL ${when}` }));
  },
});
export default check;
