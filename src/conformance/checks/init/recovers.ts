// A failed start leaves nothing behind.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { differences } from '../../plugin-copies.ts';
import { steadyResult } from '../../same-results.ts';

const notInitialized = -5;

const check = defineCheck({
  id: 'init/recovers',
  title: 'After an mvas_init that failed, mvas_infer returns −5 and a correct mvas_init succeeds with the same results as ever',
  why: 'The operator corrects the path and starts again; a plugin that only works after a restart of the host stops the line.',
  fix: 'Release on every way out of mvas_init what it has made, and set the state to ready only as its last step.',
  spec: 'abi.md#states',
  blind: 'Memory that the failed start leaves behind: resources/heap looks at that.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  run({ plugin, image, file, model, random }) {
    const picture = image();
    plugin.start();
    const expected = steadyResult(plugin, picture);
    plugin.cleanup();
    const failing: [words: string, start: () => number][] = [
      ['a missing model', () => plugin.init(`${file('none', null)}/missing.model`)],
      ['a damaged model', () => plugin.init(file('random.model', random.bytes(500)))],
      ['a configuration that is no JSON', () => plugin.init(model, 'not JSON')],
    ];
    const findings: Finding[] = [];
    for (const [words, start] of failing) {
      const after = `after mvas_init with ${words}`;
      if (start() !== 0) {
        const { code } = plugin.infer(picture);
        if (code !== notInitialized) findings.push({ message: `mvas_infer returns ${code} instead of −5 ${after}`, data: { code } });
      } else plugin.cleanup();
      const code = plugin.init();
      if (code !== 0) {
        findings.push({ message: `a correct mvas_init returns ${code} ${after}: ${plugin.getError()}`, data: { code } });
        continue;
      }
      findings.push(...differences(expected, plugin.inspect(picture)).map((text) => ({ message: `${after}: ${text}` })));
      plugin.cleanup();
    }
    return findings;
  },
});
export default check;
