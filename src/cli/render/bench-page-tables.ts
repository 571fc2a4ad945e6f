// Tables of a benchmark's page: limits, percentiles, the machine.
import type { BenchReport } from '../../bench/bench-report.ts';
import type { Cell, ReportTable } from '../../report/bench/bench-page.ts';
import { spacedPercentile, spacedTime } from './bench-figures.ts';
import { coresText } from './cores.ts';

/** A figure in its cell. */
export const figure = (text: string): Cell => ({ figure: text });

const short = (value: number | null): string => (value === null ? 'n/a' : String(Number(value.toPrecision(4))));

/** Every limit with measurement, interval, samples and verdict. */
export function budgetTable({ path, lines }: NonNullable<BenchReport['budget']>): ReportTable {
  return {
    title: 'Budget',
    note: `Limits of ${path}${lines.some(({ from }) => from !== 'benchmark.json') ? ' and of the manifest’s performance.baseline' : ''}. The interval holds the true value 95 times of 100.`,
    columns: [
      { title: 'Limit' },
      { title: 'Measured', figures: true },
      { title: 'Interval', figures: true },
      { title: 'Samples', figures: true },
      { title: 'Allowed', figures: true },
      { title: 'Result' },
      { title: '' },
    ],
    rows: lines.map(({ limit, from, value, interval, samples, allowed, ok, note = '' }) => [
      from === 'benchmark.json' ? limit : `${limit} (baseline)`,
      figure(short(value)),
      figure(interval.every((end) => end === null) ? '' : interval.map(short).join(' to ')),
      figure(String(samples)),
      figure(String(allowed)),
      ok === null ? { tone: 'review', text: 'open' } : ok ? { tone: 'pass', text: 'kept' } : { tone: 'fail', text: 'broken' },
      note,
    ]),
  };
}

/** Percentiles of wall time and of the plugin's own figure. */
export function latencyTable({ latency, ownLatency }: BenchReport): ReportTable {
  const row = (name: string, { min, median, mean, max, std }: BenchReport['latency'], of: BenchReport['latency']): Cell[] => [
    name,
    ...[min, median, mean].map((value) => figure(spacedTime(value))),
    ...(['p90', 'p95', 'p99', 'p999'] as const).map((share) => figure(spacedPercentile(of, share))),
    figure(spacedTime(max)),
    figure(spacedTime(std)),
  ];
  return {
    title: 'Percentiles',
    note: 'A percentile is given only when there are enough samples to know it.',
    columns: [
      { title: '' },
      ...['Min', 'Median', 'Mean', 'P90', 'P95', 'P99', 'P99.9', 'Max', 'Std'].map((title) => ({ title, figures: true })),
    ],
    rows: [row('wall time of mvas_infer', latency, latency), row('the plugin’s own inference_time_ms', ownLatency, ownLatency)],
  };
}

/** What the figures depend on besides the plugin. */
export function machineTable({ machine, host, timer, memory, cold }: BenchReport): ReportTable {
  const { cpu, gpu, cores, cpuFlags, governor, load, loadAfter, memoryMb, threads } = machine;
  const rows: (readonly [string, string])[] = [
    ['Processor', `${cpu}, ${coresText(cores)}`],
    ['Instruction sets', cpuFlags.join(' ') || 'not told'],
    ['GPU', gpu ?? 'none found'],
    ['Memory', `${(memoryMb / 1024).toFixed(1)} GiB`],
    ['Platform', host.platform],
    ['Frequency governor', governor ?? 'not told'],
    ['Load before and after', `${load ?? 'not told'} → ${loadAfter ?? 'not told'}`],
    [
      'Threads',
      Object.entries(threads)
        .map(([name, value]) => `${name} ${value}`)
        .join(', ') || 'nothing set',
    ],
    ['hardware_tested for the manifest', JSON.stringify({ ...(gpu === null ? {} : { gpu }), cpu })],
    ['Timer', `${timer.resolutionNs.toFixed(0)} ns resolution, ${timer.overheadNs.toFixed(0)} ns to read`],
    ['Process', `${memory.beforeMb} MiB before the plugin, ${memory.peakMb} MiB at most`],
    [
      'Cold starts',
      `${cold.starts}: load ${spacedTime(cold.loadMs)}, init ${spacedTime(cold.initMs)}, first inspection ${spacedTime(cold.firstInferMs)}`,
    ],
  ];
  return { title: 'What the figures depend on', columns: [{ title: 'Fact' }, { title: 'Here' }], rows };
}
