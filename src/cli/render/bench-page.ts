// Lays out a benchmark's report as a page.
import type { BenchReport } from '../../bench/bench-report.ts';
import { neededSamples } from '../../bench/percentiles.ts';
import { type BenchPage, type PagePart, renderBenchPage } from '../../report/bench/bench-page.ts';
import type { Chart } from '../../report/bench/chart.ts';
import { benchFailures } from './bench-failures.ts';
import { rate, spacedTime } from './bench-figures.ts';
import { camerasPart, picturesPart, taktPart } from './bench-page-parts.ts';
import { soakPart } from './bench-page-soak.ts';
import { budgetTable, latencyTable, machineTable } from './bench-page-tables.ts';
import { coresText } from './cores.ts';

/** The report as one HTML document. */
export function benchHtml(report: BenchReport): string {
  return renderBenchPage(benchPage(report));
}

function benchPage(report: BenchReport): BenchPage {
  const { plugin, model, config, kit, host, iterations, image, latency, budget, machine } = report;
  const failures = benchFailures(report);
  const open = report.budget?.ok === null;
  const verdict = report.ok
    ? ({ tone: budget === null ? 'none' : 'pass', text: budget === null ? 'Measured, no limits set' : 'Within budget' } as const)
    : ({ tone: open ? 'review' : 'fail', text: open ? 'Not enough samples' : `${failures.length} not held` } as const);
  const size = `${image.width}×${image.height} ${image.format}`;
  const parts = [overview(report), taktPart(report), soakPart(report), picturesPart(report), camerasPart(report), about(report)];
  return {
    title: `${plugin.name} ${plugin.version}`,
    verdict,
    lead: `${iterations} inspections of ${image.path} (${size}), median ${spacedTime(latency.median)}, on ${machine.cpu}`,
    facts: [
      ['Plugin', `${plugin.path}, SHA-256 ${plugin.sha256}`],
      ['Model', model === null ? 'none' : `${model.path}, SHA-256 ${model.sha256}`],
      ['Settings', `SHA-256 ${config.sha256}`],
      ['Image', `${image.path}, SHA-256 ${image.sha256}`],
      ['Machine', `${machine.cpu}, ${coresText(machine.cores)}, ${host.platform}`],
      ['Kit', kit.version],
    ],
    problems: failures,
    notes: notesOf(report),
    parts: parts.filter((part) => part !== undefined),
  };
}

function notesOf({ machine: { load, cores }, baselineSkipped, results, caching, latency }: BenchReport): string[] {
  return [
    ...(load !== null && load > cores * 0.75
      ? [`The machine was busy before the run: load ${load} on ${coresText(cores)}. Expect noise.`]
      : []),
    ...(latency.p99 === null ? [`${latency.samples} samples are too few for the 99th percentile: ${neededSamples.p99} are needed.`] : []),
    ...(baselineSkipped === undefined ? [] : [`The manifest’s baseline was not judged: ${baselineSkipped}.`]),
    ...(results.reference === 'stale' ? [`The golden reference was not used: ${results.problems.join('; ')}.`] : []),
    ...(caching?.remembers ? ['The plugin is quicker on frames that it has seen before: figures of one picture flatter it.'] : []),
  ];
}

function overview(report: BenchReport): PagePart {
  const { latency, throughputFps, cold, memory, idle, results, budget } = report;
  const compared = {
    equal: 'as the golden reference',
    differs: 'differ from the reference',
    stale: 'reference is stale',
    none: 'no reference',
  };
  return {
    id: 'latency',
    title: 'Latency',
    tiles: [
      { label: 'Average', value: spacedTime(latency.mean), note: `median ${spacedTime(latency.median)}` },
      {
        label: 'P95',
        value: latency.p95 === null ? 'n/a' : spacedTime(latency.p95),
        ...(latency.p95 === null && { note: `${neededSamples.p95} samples needed` }),
      },
      {
        label: 'P99',
        value: latency.p99 === null ? 'n/a' : spacedTime(latency.p99),
        ...(latency.p99 === null && { note: `${neededSamples.p99} samples needed` }),
      },
      { label: 'Throughput', value: `${rate(throughputFps)} FPS`, note: 'one after the other' },
      { label: 'Load and init', value: spacedTime(cold.loadMs + cold.initMs), note: `first inspection ${spacedTime(cold.firstInferMs)}` },
      ...(idle
        ? [
            {
              label: `After ${idle.seconds} s idle`,
              value: spacedTime(idle.latency.median),
              note: `${(idle.latency.median / latency.median).toFixed(2)} times the steady median`,
            },
          ]
        : []),
      { label: 'Memory', value: `${memory.pluginMb} MiB`, note: 'by the plugin' },
      { label: 'Results', value: results.changes === 0 ? 'repeat' : `changed ${results.changes}×`, note: compared[results.reference] },
    ],
    charts: [[timelineChart(report)], [histogramChart(report), ecdfChart(report)]],
    tables: [...(budget === null ? [] : [budgetTable(budget)]), latencyTable(report)],
  };
}

function timelineChart({ timeline: { atMs, latencyMs, samples }, latency, budget }: BenchReport): Chart {
  const limit = budget?.lines.find((line) => line.limit === 'p99_ms');
  const thinned = samples > atMs.length ? ` Of ${samples} inspections the highest and lowest of each stretch are drawn.` : '';
  return {
    id: 'timeline',
    title: 'Latency over the run',
    caption: `Each point is an inspection: drift, steps and periodic spikes show here. From ${spacedTime(latency.min)} to ${spacedTime(latency.max)}.${thinned} Drag to zoom.`,
    kind: 'points',
    xLabel: 'time in s',
    yLabel: 'latency in ms',
    x: atMs.map((at) => at / 1000),
    series: [{ label: 'latency in ms', values: latencyMs }],
    marks: limit === undefined ? [] : [{ label: `P99 limit ${limit.allowed} ms`, value: limit.allowed, axis: 'y' }],
    log: { axis: 'y', on: latency.max > 8 * latency.median },
  };
}

function histogramChart({ histogram: { fromMs, stepMs, counts }, latency }: BenchReport): Chart {
  const beyond = latency.max > fromMs + stepMs * counts.length * 1.001 ? ' The last bar holds everything above it, too.' : '';
  return {
    id: 'histogram',
    title: 'How latencies are spread',
    caption: `Inspections by their latency; several humps mean several ways through the plugin.${beyond}`,
    kind: 'bars',
    xLabel: 'latency in ms',
    yLabel: 'inspections',
    x: counts.map((_, at) => fromMs + stepMs * (at + 0.5)),
    series: [{ label: 'inspections', values: counts }],
    marks: [{ label: 'median', value: latency.median, axis: 'x' }],
  };
}

function ecdfChart({ distribution, latency }: BenchReport): Chart {
  const marks = (['p95', 'p99'] as const).flatMap((name) => {
    const value = latency[name];
    return value === null ? [] : [{ label: name.toUpperCase(), value, axis: 'x' as const }];
  });
  return {
    id: 'ecdf',
    title: 'Share of inspections that are done',
    caption: `So many percent of all inspections took at most so long: half of them ${spacedTime(latency.median)}, all of them ${spacedTime(latency.max)}.`,
    kind: 'steps',
    xLabel: 'latency in ms',
    yLabel: 'share in %',
    x: distribution.map(({ ms }) => ms),
    series: [{ label: 'share in %', values: distribution.map(({ percent }) => percent) }],
    marks,
    log: { axis: 'x', on: latency.max > 8 * latency.median },
  };
}

function about(report: BenchReport): PagePart {
  return { id: 'machine', title: 'Machine', tiles: [], charts: [], tables: [machineTable(report)] };
}
