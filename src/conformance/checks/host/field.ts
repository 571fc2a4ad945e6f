// The host in the field, with all its habits.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { differences } from '../../plugin-copies.ts';
import { firstProblem } from '../../result-problems.ts';
import { describeImage, formatChannels, type TestImage } from '../../test-image.ts';

const check = defineCheck({
  id: 'host/field',
  title:
    'The plugin works in the host of the field: loaded globally, configured before the first image, "RGB" for any channels, loaded again',
  why: 'This host is on the lines today; a plugin that only works in a better one does not work.',
  fix: 'Read the finding; the habits of this host are listed in the documentation of the interface.',
  spec: 'abi.md#loading',
  blind: 'Other plugins in the same process: lifecycle/two-plugins looks at that.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  untouched: true,
  needs: ['mvas_get_info', 'mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  uses: ['mvas_set_config', 'mvas_free_result'],
  run({ plugin, load, image, exports }) {
    const failure = load({ global: true });
    if (failure !== undefined) return [{ message: `the library does not load with RTLD_GLOBAL: ${failure}` }];
    const info = plugin.getInfo();
    const nominal = image();
    const frames = ['GRAY', 'RGB', 'RGBA'].map((format) => ({ ...image({ format }), format: 'RGB' }));
    const own = frames.find(({ channels }) => channels === formatChannels[info?.inputFormat ?? '']) ?? nominal;
    const findings: Finding[] = [];
    const first = life(1);
    const second = life(2);
    if (first !== undefined && second !== undefined)
      findings.push(...differences(first, second).map((text) => ({ message: `after the plugin was loaded again: ${text}` })));
    return findings;

    /** What the host does between loading a plugin and loading the next: it never unloads the library. */
    function life(number: number) {
      const code = plugin.init();
      if (code !== 0) return void findings.push({ message: `mvas_init number ${number} returns ${code}: ${plugin.getError()}` });
      if (exports('mvas_set_config')) plugin.setConfig({ threshold: '0.5' });
      for (const frame of frames) findings.push(...inspected(frame, frame === own));
      const { result } = plugin.infer(own);
      plugin.cleanup();
      return result;
    }

    function inspected(frame: TestImage, isOwn: boolean): Finding[] {
      const { code, result } = plugin.infer(frame);
      if (result === undefined)
        return isOwn
          ? [{ message: `${describeImage(frame)} is refused with ${code}: ${plugin.getError()}`, severity: severityOf(info?.inputFormat) }]
          : [];
      const problem = isOwn ? undefined : firstProblem(result, frame);
      return problem === undefined ? [] : [{ message: `${describeImage(frame)}: ${problem}` }];
    }
  },
});
export default check;

/** Only a plugin whose own format is "RGB" has promised to take what this host sends. */
function severityOf(format: string | null | undefined): 'error' | 'info' {
  return format === 'RGB' ? 'error' : 'info';
}
