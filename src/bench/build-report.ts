// Sums up what the parts of a benchmark have measured.
import { reportHead } from '../golden/golden-report.ts';
import { type PluginSubject, reportPath, type SubjectDigests } from '../golden/plugin-subject.ts';
import type { Picture } from '../image/picture.ts';
import { median } from './averages.ts';
import type { BaselineLimits } from './baseline.ts';
import type { BenchReport } from './bench-report.ts';
import type { Budget } from './budget.ts';
import type { CheckedResults } from './check-results.ts';
import { distributionOf, histogramOf } from './histogram.ts';
import { judgeBudget } from './judge-budget.ts';
import { currentLoad, type Machine } from './machine.ts';
import { summarizeLatencies } from './percentiles.ts';
import type { TimedPhase, Timing } from './run-timing.ts';
import { judgeSoak } from './soak.ts';
import { judgeTakt } from './takt.ts';
import { timelineOf } from './timeline.ts';

/** Everything that a report is made of. */
export interface BenchRun {
  readonly subject: PluginSubject;
  readonly digests: SubjectDigests;
  readonly budget: Budget;
  readonly baseline: BaselineLimits | undefined;
  readonly picture: Picture;
  readonly imageSha256: string;
  readonly machine: Machine;
  readonly cold: readonly Timing[];
  readonly main: Timing;
  readonly results: CheckedResults;
  readonly warmup: number;
  /** Tables of pictures, sizes, cameras, as far as they were asked for. */
  readonly tables: Pick<BenchReport, 'images' | 'sweep' | 'caching' | 'cameras'>;
}

/** Sums up a benchmark. */
export function buildReport(run: BenchRun): BenchReport {
  const { subject, digests, picture, main, cold, tables, results } = run;
  const { taken } = phaseOf(main, 'steady') ?? { taken: [] };
  const wallMs = taken.map(({ wall }) => wall);
  const latency = summarizeLatencies(wallMs);
  const memory = memoryOf(main);
  const extra = extrasOf(main);
  const measured = { wallMs, latency, throughputFps: 1000 / latency.mean, memoryMb: memory.pluginMb, takt: extra.takt };
  const budget = budgetOf(run, { ...measured, readyMs: cold.map(({ loadMs, initMs }) => loadMs + initMs) });
  const checked = [results, ...(tables.images ?? [])];
  const { width, height, path } = picture;
  return {
    ...reportHead('bench', subject, digests, main.info),
    machine: { ...run.machine, loadAfter: currentLoad() },
    image: { path: reportPath(subject, path), sha256: run.imageSha256, width, height, format: main.info.inputFormat },
    iterations: latency.samples,
    warmup: run.warmup,
    cold: coldOf(cold),
    processes: processesOf(cold),
    latency,
    ownLatency: summarizeLatencies(taken.map(({ own }) => own)),
    throughputFps: measured.throughputFps,
    distribution: distributionOf(wallMs),
    histogram: histogramOf(wallMs),
    timeline: timelineOf(taken, ({ wall }) => wall),
    decisions: results.decisions,
    results,
    memory,
    timer: { resolutionNs: main.timer.resolutionMs * 1e6, overheadNs: main.timer.overheadMs * 1e6 },
    ...extra,
    ...tables,
    budget,
    ...(run.baseline?.skipped === undefined ? {} : { baselineSkipped: run.baseline.skipped }),
    ok:
      budget?.ok !== false && budget?.ok !== null && checked.every(({ reference }) => reference !== 'differs') && (extra.soak?.ok ?? true),
  };
}

function phaseOf({ phases }: Timing, name: string): TimedPhase | undefined {
  return phases.find((phase) => phase.name === name);
}

function extrasOf(main: Timing): Pick<BenchReport, 'idle' | 'takt' | 'soak'> {
  const [idle, takt, soak] = ['idle', 'takt', 'soak'].map((name) => phaseOf(main, name));
  const watched = [takt, soak].find((phase) => phase !== undefined && phase.readings.length > 0);
  const taktMs = takt?.taktMs ?? 0;
  return {
    ...(idle && { idle: { seconds: (idle.gapMs ?? 0) / 1000, latency: summarizeLatencies(idle.taken.map(({ wall }) => wall)) } }),
    ...(takt && {
      takt: { ...judgeTakt(takt.taken, taktMs), timeline: timelineOf(takt.taken, ({ at, due, wall }) => at + wall - due) },
    }),
    ...(watched && { soak: judgeSoak(watched.readings) }),
  };
}

function coldOf(cold: readonly Timing[]): BenchReport['cold'] {
  const middle = (figure: 'loadMs' | 'initMs' | 'firstInferMs'): number => median(cold.map((timing) => timing[figure]));
  return { starts: cold.length, loadMs: middle('loadMs'), initMs: middle('initMs'), firstInferMs: middle('firstInferMs') };
}

function processesOf(cold: readonly Timing[]): BenchReport['processes'] {
  const repeats = cold.map((timing) => phaseOf(timing, 'repeat')?.taken.map(({ wall }) => wall) ?? []);
  return { mediansMs: repeats.map(median), inspections: repeats.reduce((sum, { length }) => sum + length, 0) };
}

function memoryOf({ memory: { before, peak } }: Timing): BenchReport['memory'] {
  const mebibytes = (bytes: number): number => Number((bytes / 2 ** 20).toFixed(1));
  return { beforeMb: mebibytes(before), peakMb: mebibytes(peak), pluginMb: mebibytes(Math.max(0, peak - before)) };
}

function budgetOf({ budget, baseline, subject }: BenchRun, measured: Parameters<typeof judgeBudget>[1]): BenchReport['budget'] {
  const lines = judgeBudget(budget, measured, baseline);
  if (lines.length === 0) return null;
  const ok = lines.some((line) => line.ok === false) ? false : lines.some((line) => line.ok === null) ? null : true;
  return { path: reportPath(subject, subject.benchmark), ok, lines };
}
