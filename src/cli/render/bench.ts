// What `mvas bench` prints: the six lines of the standard, then what they rest on.
import pc from 'picocolors';
import type { BenchReport } from '../../bench/bench-report.ts';
import type { BudgetLine } from '../../bench/budget.ts';
import { neededSamples, type Percentile } from '../../bench/percentiles.ts';
import { tableLines } from './table.ts';

/** The lines that show a report. */
export function benchLines(report: BenchReport, colour: boolean): string[] {
  const { plugin, latency, ownLatency, cold, memory, timer, image, warmup, throughputFps } = report;
  return [
    `Plugin: ${plugin.name} v${plugin.version}`,
    `Iterations: ${report.iterations}`,
    `Avg inference: ${time(latency.mean)}`,
    `P95 latency: ${percentile(report, 'p95')}`,
    `P99 latency: ${percentile(report, 'p99')}`,
    `Throughput: ${throughputFps.toPrecision(3)} FPS`,
    '',
    ...tableLines(
      [{ title: '' }, ...['MEDIAN', 'MIN', 'MAX', 'STD', 'P90', 'P99.9'].map((title) => ({ title, align: 'right' as const }))],
      [
        ['wall time', ...figures(latency), percentile(report, 'p90'), percentile(report, 'p999')],
        ["plugin's own", ...figures(ownLatency)],
      ],
    ),
    '',
    `Cold: load ${time(cold.loadMs)}, init ${time(cold.initMs)}, first inspection ${time(cold.firstInferMs)}`,
    `Image: ${image.path}, ${image.width}×${image.height} ${image.format}, after ${warmup} to warm up`,
    `Decisions: ${Object.entries(report.decisions)
      .map(([decision, count]) => `${decision} ${count}`)
      .join(', ')}`,
    `Memory: ${memory.pluginMb} MiB by the plugin, ${memory.peakMb} MiB in all`,
    `Timer: ${timer.resolutionNs.toFixed(0)} ns resolution, ${timer.overheadNs.toFixed(0)} ns to read`,
    machineLine(report),
    ...budgetLines(report, colour),
  ];
}

function figures({ median, min, max, std }: BenchReport['latency']): string[] {
  return [median, min, max, std].map(time);
}

function percentile({ latency }: BenchReport, name: Percentile): string {
  const value = latency[name];
  return value === null ? `n/a (${neededSamples[name]} needed)` : time(value);
}

/** Milliseconds with as many digits as they are worth. */
function time(ms: number): string {
  return `${ms >= 100 ? ms.toFixed(0) : ms >= 1 ? ms.toFixed(2) : ms.toFixed(4)}ms`;
}

function machineLine({ machine, host }: BenchReport): string {
  const { cpu, cores, governor, load } = machine;
  const known = [governor === null ? undefined : `governor ${governor}`, load === null ? undefined : `load ${load}`];
  return `Machine: ${[`${cpu}, ${cores} core(s)`, host.platform, ...known].filter((part) => part !== undefined).join(', ')}`;
}

function budgetLines({ budget }: BenchReport, colour: boolean): string[] {
  if (budget === null) return [];
  const paint = pc.createColors(colour);
  const verdict = ({ ok }: BudgetLine): string => (ok === null ? paint.yellow('open') : ok ? paint.green('kept') : paint.red('broken'));
  const rows = budget.lines.map((line) => [
    line.limit,
    line.value === null ? 'n/a' : String(Number(line.value.toPrecision(4))),
    String(line.allowed),
    verdict(line),
    line.note ?? '',
  ]);
  const titles = [
    { title: 'BUDGET' },
    { title: 'VALUE', align: 'right' },
    { title: 'LIMIT', align: 'right' },
    { title: 'RESULT' },
    { title: '' },
  ] as const;
  return ['', ...tableLines(titles, rows)];
}
