// Warming up changes nothing but the speed.
import { PlatformCannot } from '../../../harness/platform-cannot.ts';
import type { ProcessProbes } from '../../../harness/process-probes.ts';
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { differences } from '../../plugin-copies.ts';
import { steadyResult } from '../../same-results.ts';

const leakPerIteration = 128; // bytes; far above what the host's own calls leave

const check = defineCheck({
  id: 'warmup/harmless',
  title: 'mvas_warmup with 0, 1 or 10 succeeds, with −1 is refused, and changes neither results nor configuration nor memory',
  why: 'Hosts warm up at every start: what it leaves behind, every part is judged with.',
  fix: 'Inspect frames of your own into a result of your own, free it, and touch no statistics; 0 does nothing, a negative number is MVAS_ERROR_INVALID_INPUT.',
  spec: 'abi.md#mvas_warmup',
  blind: 'Statistics that need more than ten iterations to show, and leaks below 128 bytes an iteration.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_warmup', 'mvas_get_error'],
  uses: ['mvas_get_config'],
  run({ plugin, image, exports, process }) {
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
    // a leak shows every time; what Node or the allocator keeps for itself does not
    const growths = [10, 4, 4, 4].map((count) => {
      const start = heap(process);
      findings.push(...codeOf(count, plugin.warmup(count), 0));
      return (heap(process) - start) / count;
    });
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

/** Where the heap cannot be measured, everything else is still looked at. */
function heap(process: ProcessProbes): number {
  try {
    return process.heapInUse();
  } catch (error) {
    if (error instanceof PlatformCannot) return 0;
    throw error;
  }
}
