// The plugin's own figure of its time can be true.
import { performance } from 'node:perf_hooks';
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';

const calls = 4;
const share = 1.1;
const clockMs = 0.5; // what two different clocks may disagree by

const check = defineCheck({
  id: 'result/reported-time',
  title: 'inference_time_ms is finite, at least 0 and no more than the call took',
  why: 'Hosts show it to those who tune the line; microseconds in a field of milliseconds make them look in the wrong place.',
  fix: 'Measure with a monotonic clock from entry to return and store milliseconds.',
  spec: 'abi.md#result',
  blind: 'A figure that is too small; the host measures the time itself.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'child',
  joins: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  uses: ['mvas_free_result'],
  run({ plugin, image, result, exports }) {
    plugin.start();
    const picture = image();
    const seen = Array.from({ length: calls }, () => {
      const struct = result(0);
      const start = performance.now();
      plugin.inferInto(picture, struct);
      const wallMs = performance.now() - start;
      const reportedMs = struct.get('inference_time_ms');
      if (exports('mvas_free_result')) plugin.freeResult(struct);
      return { reportedMs, wallMs };
    });
    const impossible = seen.find(({ reportedMs }) => !(reportedMs >= 0 && reportedMs < Number.POSITIVE_INFINITY));
    if (impossible !== undefined) return [{ message: `inference_time_ms is ${impossible.reportedMs}` }];
    // a clock that the system sets while one call runs is nobody's fault: it must be wrong each time
    return seen.every(({ reportedMs, wallMs }) => reportedMs > wallMs * share + clockMs) ? [tooLong(seen)] : [];
  },
});
export default check;

function tooLong(seen: readonly { reportedMs: number; wallMs: number }[]): Finding {
  const [{ reportedMs, wallMs } = { reportedMs: 0, wallMs: 0 }] = seen;
  return {
    message: `inference_time_ms is ${reportedMs.toPrecision(3)}, but the call took ${wallMs.toPrecision(3)} ms`,
    data: { reportedMs, wallMs },
  };
}
