// A second start without a stop in between.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { differences } from '../../plugin-copies.ts';
import { steadyResult } from '../../same-results.ts';

const check = defineCheck({
  id: 'lifecycle/init-twice',
  title: 'A second mvas_init starts anew, and one that fails leaves the plugin as it was',
  why: 'An operator loads a changed recipe while parts pass; a typing error in it must not stop the inspection that runs.',
  fix: 'Build the new state beside the old one, and exchange them only when everything has succeeded.',
  spec: 'abi.md#states',
  blind: 'Memory that the old state leaves behind: resources/heap looks at that.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  run({ plugin, image, file, model }) {
    const picture = image();
    plugin.start();
    const expected = steadyResult(plugin, picture);
    const findings: Finding[] = [];
    const look = (after: string) => {
      const { code, result } = plugin.infer(picture);
      if (result === undefined) findings.push({ message: `mvas_infer returns ${code} after ${after}`, data: { code } });
      else findings.push(...differences(expected, result).map((text) => ({ message: `after ${after}: ${text}` })));
    };
    const code = plugin.init();
    look(`a second mvas_init that returned ${code}`);
    const broken = plugin.init(model === null ? model : `${file('none', null)}/missing.model`, 'not JSON');
    if (broken !== 0 && findings.length === 0) look(`a further mvas_init that failed with ${broken}`);
    plugin.cleanup();
    return findings;
  },
});
export default check;
