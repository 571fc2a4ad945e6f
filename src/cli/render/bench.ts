// What `mvas bench` prints: the six lines of the standard, then what they rest on.
import pc from 'picocolors';
import type { BenchReport } from '../../bench/bench-report.ts';
import { sparkline } from '../../bench/histogram.ts';
import type { BudgetLine } from '../../bench/judge-budget.ts';
import { figureColumns, percentile, rate, time } from './bench-figures.ts';
import { imageLines, sectionLines } from './bench-sections.ts';
import { coresText } from './cores.ts';
import { tableLines } from './table.ts';

/** The lines that show a report. */
export function benchLines(report: BenchReport, colour: boolean): string[] {
  const { plugin, latency, ownLatency, cold, memory, timer, warmup, image, throughputFps } = report;
  return [
    `Plugin: ${plugin.name} v${plugin.version}`,
    `Iterations: ${report.iterations}`,
    `Avg inference: ${time(latency.mean)}`,
    `P95 latency: ${percentile(latency, 'p95')}`,
    `P99 latency: ${percentile(latency, 'p99')}`,
    `Throughput: ${rate(throughputFps)} FPS`,
    '',
    ...tableLines(figureColumns('', ['MEDIAN', 'MIN', 'MAX', 'STD', 'P90', 'P99.9']), [
      ['wall time', ...figures(latency), percentile(latency, 'p90'), percentile(latency, 'p999')],
      ["plugin's own", ...figures(ownLatency)],
    ]),
    '',
    ...histogramLine(report),
    `Cold: load ${time(cold.loadMs)}, init ${time(cold.initMs)}, first inspection ${time(cold.firstInferMs)} (${cold.starts} start(s))`,
    ...sectionLines(report),
    `Image: ${image.path}, ${image.width}×${image.height} ${image.format}, after ${warmup} to warm up`,
    `Results: ${resultsText(report)}`,
    `Memory: ${memory.pluginMb} MiB by the plugin, ${memory.peakMb} MiB in all`,
    `Timer: ${timer.resolutionNs.toFixed(0)} ns resolution, ${timer.overheadNs.toFixed(0)} ns to read`,
    ...machineLines(report),
    ...imageLines(report, colour),
    ...budgetLines(report, colour),
  ];
}

function figures({ median, min, max, std }: BenchReport['latency']): string[] {
  return [median, min, max, std].map(time);
}

function histogramLine({ histogram: { fromMs, stepMs, counts }, latency }: BenchReport): string[] {
  const end = fromMs + stepMs * counts.length;
  return [
    `Spread: ${time(fromMs)} ${sparkline(counts)} ${time(Math.min(end, latency.max))}${latency.max > end * 1.001 ? ` … ${time(latency.max)}` : ''}`,
  ];
}

const compared = {
  equal: 'as the golden reference says',
  differs: 'NOT as the golden reference says',
  stale: 'the reference is stale and was not used',
  none: 'no golden reference to compare with',
} as const;

function resultsText({ results }: BenchReport): string {
  const decisions = Object.entries(results.decisions).map(([decision, count]) => `${decision} ${count}`);
  const steady = results.changes === 0 ? 'always the same' : `changed ${results.changes} time(s)`;
  return `${decisions.join(', ')}; ${steady}; ${compared[results.reference]}`;
}

function machineLines({ machine, host, baselineSkipped }: BenchReport): string[] {
  const { cpu, gpu, cores, governor, load, loadAfter, threads } = machine;
  const known = [
    governor !== null && `governor ${governor}`,
    load !== null && `load ${load}${loadAfter === null ? '' : ` → ${loadAfter}`}`,
    ...Object.entries(threads).map(([name, value]) => `${name} ${value}`),
  ].filter((part) => part !== false);
  const tested = JSON.stringify({ ...(gpu === null ? {} : { gpu }), cpu });
  return [
    `Machine: ${[`${cpu}, ${coresText(cores)}`, host.platform, ...known].join(', ')}`,
    `Hardware: ${tested}`,
    ...(load !== null && load > cores * 0.75
      ? [`The machine was busy before the run (load ${load} on ${coresText(cores)}): expect noise`]
      : []),
    ...(baselineSkipped === undefined ? [] : [`Baseline: not judged, ${baselineSkipped}; --force judges it here`]),
  ];
}

function budgetLines({ budget }: BenchReport, colour: boolean): string[] {
  if (budget === null) return [];
  const paint = pc.createColors(colour);
  const verdict = ({ ok }: BudgetLine): string => (ok === null ? paint.yellow('open') : ok ? paint.green('kept') : paint.red('broken'));
  const short = (value: number | null): string => (value === null ? 'n/a' : String(Number(value.toPrecision(4))));
  const rows = budget.lines.map((line) => [
    line.limit,
    short(line.value),
    line.interval.every((end) => end === null) ? '' : line.interval.map(short).join('…'),
    String(line.allowed),
    verdict(line),
    [line.from === 'benchmark.json' ? undefined : line.from, line.note].filter((part) => part !== undefined).join('; '),
  ]);
  const columns = figureColumns('BUDGET', ['VALUE', '95 % INTERVAL', 'LIMIT']);
  return ['', ...tableLines([...columns, { title: 'RESULT' }, { title: '' }], rows)];
}
