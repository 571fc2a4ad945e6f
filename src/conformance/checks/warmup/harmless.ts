// Warming up changes nothing but the speed.
import { PlatformCannot } from '../../../harness/platform-cannot.ts';
import { defineCheck } from '../../check.ts';
import type { CheckContext } from '../../check-context.ts';
import type { Finding } from '../../finding.ts';
import { differences } from '../../plugin-copies.ts';
import { steadyResult } from '../../same-results.ts';

const leakPerIteration = 128; // bytes
/** What is allocated once comes first; what the allocator keeps of freed blocks may come later, but not each time. One without a leak is enough. */
const warmUps = [10, 2, 2, 4, 4];

const check = defineCheck({
  id: 'warmup/harmless',
  title: 'mvas_warmup with 0, 1 or 10 succeeds, with −1 is refused, and changes neither results nor configuration nor memory',
  why: 'Hosts warm up at every start: what it leaves behind, every part is judged with.',
  fix: 'Inspect frames of your own into a result of your own, free it, and touch no statistics; 0 does nothing, a negative number is MVAS_ERROR_INVALID_INPUT.',
  spec: 'abi.md#mvas_warmup',
  blind: 'Statistics that need more than ten iterations to show, and leaks below 128 bytes an iteration: resources/heap sees them.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_warmup', 'mvas_get_error'],
  uses: ['mvas_get_config'],
  run({ plugin, image, exports, weigh, threads }) {
    plugin.start();
    const picture = image();
    const before = steadyResult(plugin, picture);
    const config = () => (exports('mvas_get_config') ? plugin.getConfig() : null);
    const configBefore = config();
    const findings: Finding[] = [];
    for (const [count, expected] of [
      [0, 0],
      [1, 0],
      [-1, -3],
    ] as const)
      findings.push(...codeOf(count, plugin.warmup(count), expected));
    const scale = scaleOf({ weigh, threads });
    const growths: number[] = [];
    for (const count of warmUps) {
      growths.push(scale(() => findings.push(...codeOf(count, plugin.warmup(count), 0))) / count);
      if (Math.min(...growths) < leakPerIteration) break;
    }
    const leaked = Math.min(...growths);
    if (leaked >= leakPerIteration)
      findings.push({ message: `every iteration leaves ${Math.round(leaked)} bytes allocated`, data: { growths } });
    findings.push(...differences(before, plugin.inspect(picture)).map((text) => ({ message: `after warming up, ${text}` })));
    const configAfter = config();
    if (configAfter !== configBefore)
      findings.push({ message: `after warming up, the configuration is ${configAfter} instead of ${configBefore}` });
    return findings;
  },
});
export default check;

function codeOf(count: number, code: number, expected: number): Finding[] {
  return code === expected ? [] : [{ message: `mvas_warmup(${count}) returns ${code} instead of ${expected}` }];
}

type Scale = (work: () => void) => number;

/** Where the heap cannot be weighed, everything else is still looked at. */
function scaleOf({ weigh, threads }: Pick<CheckContext<never>, 'weigh' | 'threads'>): Scale {
  try {
    const thread = threads.start();
    const scale: Scale = (work) => weigh(work, thread);
    scale(() => undefined);
    return scale;
  } catch (error) {
    if (!(error instanceof PlatformCannot)) throw error;
    return (work) => {
      work();
      return 0;
    };
  }
}
