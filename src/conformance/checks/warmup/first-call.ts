// What the first inspection costs, and what warming up does about it.
import { performance } from 'node:perf_hooks';
import { defineCheck } from '../../check.ts';

const budgetMs = 30;
const [fewest, most] = [4, 100];
const warmed = 'after mvas_warmup';
const notable = { factor: 5, extraMs: 5 };

interface Times {
  readonly firstMs: number;
  readonly laterMs: readonly number[];
}

const check = defineCheck({
  id: 'warmup/first-call',
  title: 'After mvas_warmup the first inspection takes no longer than the later ones',
  why: 'The first part of a shift must be judged in time too; a late verdict stops the line or lets the part through.',
  fix: 'Let mvas_warmup inspect frames of the declared size, so that memory, threads, kernels and graphs are ready.',
  spec: 'abi.md#mvas_warmup',
  blind: 'Other sizes than the declared one, and what a machine under load adds: `mvas bench` measures speed.',
  severity: 'info',
  since: '0.1.0',
  isolation: 'repeated',
  processes: 'copied',
  untouched: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_warmup', 'mvas_get_error'],
  // one slow call may be the machine's
  again: true,
  variants: [{ name: warmed }, { name: 'without warming up' }],
  observe({ plugin, image }, { name }): Times {
    plugin.start();
    const picture = image();
    if (name === warmed) plugin.warmup(2);
    const time = () => {
      const start = performance.now();
      plugin.infer(picture);
      return performance.now() - start;
    };
    const firstMs = time();
    const laterMs: number[] = [];
    // the cold process is there for its first inspection alone
    if (name !== warmed) return { firstMs, laterMs };
    for (let left = budgetMs; laterMs.length < fewest || (left > 0 && laterMs.length < most); left -= laterMs.at(-1) ?? 0)
      laterMs.push(time());
    return { firstMs, laterMs };
  },
  judge([warm, cold], again = warm) {
    if (cold === undefined || warm === undefined || again === undefined || !isNotable(warm) || !isNotable(again)) return [];
    const percentiles = [50, 95, 99].map((percent) => `${percentile(warm.laterMs, percent).toFixed(2)} (${percent} %)`).join(', ');
    const message = `the first inspection takes ${warm.firstMs.toFixed(1)} ms after mvas_warmup and ${cold.firstMs.toFixed(1)} ms without it, later ones ${percentiles}`;
    return [{ message, data: { cold, warm } }];
  },
});
export default check;

function isNotable({ firstMs, laterMs }: Times): boolean {
  const usual = percentile(laterMs, 50);
  return firstMs > usual * notable.factor && firstMs > usual + notable.extraMs;
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)] ?? 0;
}
