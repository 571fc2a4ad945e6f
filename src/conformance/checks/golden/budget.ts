// The plugin keeps the limits that its project sets for its speed.
import { defineCheck } from '../../check.ts';
import { type Finding, skip } from '../../finding.ts';

const iterations = 200;

const check = defineCheck({
  id: 'golden/budget',
  title: 'Latency, throughput, load time and memory keep the limits of test/benchmark.json and of the manifest',
  why: 'A part that is judged after its takt has passed the ejector.',
  fix: 'See what takes the time: mvas bench; when the limit was wrong, change it in test/benchmark.json.',
  spec: 'abi.md#mvas_infer',
  blind:
    'Other machines, other pictures, and what other programs take from this one. A limit is broken only where the whole interval of two runs lies beyond it.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'references',
  alone: true,
  async run({ references, signal, env }) {
    const { readBudget } = await import('../../../bench/budget.ts');
    const limits = Object.values(await readBudget(references.benchmark)).filter((limit) => typeof limit === 'number');
    const promised = Object.keys(references.performance?.baseline ?? {}).length;
    if (limits.length + promised === 0) return skip('no-references', 'neither test/benchmark.json nor the manifest sets a limit');
    const { benchPlugin } = await import('../../../bench/bench-plugin.ts');
    const { reports: _, ...subject } = references; // what is measured beside a test is no benchmark to keep
    const options = { iterations, ...(signal === undefined ? {} : { signal }), ...(env === undefined ? {} : { env }) };
    const first = brokenLimits(await benchPlugin(subject, options));
    if (first.length === 0) return [];
    // one run may have met a busy moment of the machine
    const again = brokenLimits(await benchPlugin(subject, options));
    return first.filter(({ data }) => again.some((other) => other.data.limit === data.limit));
  },
});
export default check;

type Report = Awaited<ReturnType<typeof import('../../../bench/bench-plugin.ts')['benchPlugin']>>;

/** Limits that are broken beyond what the measurement itself may be off. */
function brokenLimits({ budget }: Report): (Finding & { readonly data: { readonly limit: string } })[] {
  return (budget?.lines ?? []).flatMap(({ limit, value, allowed, from, interval: [low, high], samples, ok }) => {
    const isBeyond = limit === 'throughput_fps' ? (high ?? value ?? 0) < allowed : (low ?? value ?? 0) > allowed;
    if (ok !== false || !isBeyond) return [];
    const range = low === null || high === null ? '' : `, between ${short(low)} and ${short(high)} with 95 % confidence`;
    const message = `${limit} is ${short(value ?? 0)}${range} (${samples} samples); ${from} allows ${short(allowed)}`;
    return [{ message, data: { limit, value, allowed, interval: [low, high], samples } }];
  });
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
