// Nothing of one life is left in the next.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { differences } from '../../plugin-copies.ts';
import { steadyResult } from '../../same-results.ts';
import { within } from '../../within.ts';

const later = [2, 3, 4, 5];

const check = defineCheck({
  id: 'lifecycle/reinit',
  title: 'mvas_init, mvas_infer, mvas_cleanup can be repeated and give the same result each time',
  why: 'A recipe change on the line is a cleanup and an init; what is left over makes the same part pass in the morning and fail at noon.',
  fix: 'Keep all state in one object that init creates and cleanup destroys; no function-level statics.',
  spec: 'abi.md#states',
  blind: 'What only shows after more than five lives, of slow plugins after more than three, such as memory that runs out.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  run({ plugin, image, process }) {
    const picture = image();
    plugin.start();
    const first = steadyResult(plugin, picture);
    const findings: Finding[] = [];
    for (const life of within(process, later, 2)) {
      plugin.cleanup();
      const code = plugin.init();
      const { result, code: inferCode } = plugin.infer(picture);
      if (code !== 0) findings.push({ message: `mvas_init number ${life} returns ${code}` });
      else if (result === undefined) findings.push({ message: `mvas_infer after mvas_init number ${life} returns ${inferCode}` });
      else findings.push(...differences(first, result).map((text) => ({ message: `after mvas_init number ${life}: ${text}` })));
      if (findings.length > 0) break;
    }
    return findings;
  },
});
export default check;
