// Missing arguments of a start are defaults or errors.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';

const shown = (text: string | null) => (text === null ? 'NULL' : JSON.stringify(text));

const check = defineCheck({
  id: 'init/null-arguments',
  title: 'mvas_init takes NULL, "" and "{}" as configuration, and survives NULL and "" as model',
  why: 'Hosts pass NULL for what a recipe leaves out; reading a string there is the commonest crash at start.',
  fix: 'Test both pointers before anything reads them: no configuration means defaults, no model is MVAS_ERROR_MODEL_NOT_FOUND.',
  spec: 'abi.md#mvas_init',
  blind: 'Which code a missing model gets: init/missing-model looks at that.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_cleanup', 'mvas_get_error'],
  run({ plugin, model }) {
    plugin.start();
    plugin.cleanup();
    const findings: Finding[] = [];
    for (const config of [null, '', '{}']) {
      const code = plugin.init(model, config);
      if (code !== 0) findings.push({ message: `mvas_init with configuration ${shown(config)} returns ${code}: ${plugin.getError()}` });
      else plugin.cleanup();
    }
    for (const path of [null, ''])
      for (const config of [null, '']) {
        const code = plugin.init(path, config);
        if (code > 0) findings.push({ message: `mvas_init with model ${shown(path)} and configuration ${shown(config)} returns ${code}` });
        if (code === 0) plugin.cleanup();
      }
    return findings;
  },
});
export default check;
