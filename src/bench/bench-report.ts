// The report of a benchmark.
import { createHistogram } from 'node:perf_hooks';
import { type ReportHead, reportHead } from '../golden/golden-report.ts';
import { type PluginSubject, reportPath, type SubjectDigests } from '../golden/plugin-subject.ts';
import type { Picture } from '../image/picture.ts';
import type { BenchMeasurement } from './bench-entry.ts';
import { type Budget, type BudgetLine, judgeBudget } from './budget.ts';
import type { Machine } from './machine.ts';
import { type LatencyStats, summarizeLatencies } from './percentiles.ts';

/** What a benchmark has measured; times in milliseconds unless the name says otherwise. */
export interface BenchReport extends ReportHead {
  readonly machine: Machine;
  readonly image: { readonly path: string; readonly width: number; readonly height: number; readonly format: string };
  readonly iterations: number;
  readonly warmup: number;
  /** In a process that has just started. */
  readonly cold: { readonly loadMs: number; readonly initMs: number; readonly firstInferMs: number };
  /** Wall time of mvas_infer. */
  readonly latency: LatencyStats;
  /** The plugin's own figure, inference_time_ms. */
  readonly ownLatency: LatencyStats;
  /** Inspections a second, one after the other: 1000 / mean. */
  readonly throughputFps: number;
  /** How the latencies are spread: share in percent, and the latency that so many do not exceed. */
  readonly distribution: readonly { readonly percent: number; readonly ms: number }[];
  readonly decisions: Readonly<Record<string, number>>;
  /** MiB of the host process before the plugin was loaded, and at its highest. */
  readonly memory: { readonly beforeMb: number; readonly peakMb: number; readonly pluginMb: number };
  readonly timer: { readonly resolutionNs: number; readonly overheadNs: number };
  /** Limits of benchmark.json; `ok` is null when some could not be judged and none is broken. */
  readonly budget: { readonly path: string; readonly ok: boolean | null; readonly lines: readonly BudgetLine[] } | null;
  /** No limit is broken or left open. */
  readonly ok: boolean;
}

/** Everything that a report is made of. */
export interface BenchRun {
  readonly subject: PluginSubject;
  readonly digests: SubjectDigests;
  readonly budget: Budget;
  readonly picture: Picture;
  readonly machine: Machine;
  readonly cold: BenchMeasurement;
  readonly steady: BenchMeasurement;
  readonly warmup: number;
}

/** Sums up a benchmark. */
export function benchReport({ subject, digests, budget, picture, machine, cold, steady, warmup }: BenchRun): BenchReport {
  const latency = summarizeLatencies(steady.wallMs);
  const throughputFps = 1000 / latency.mean;
  const memory = memoryOf(steady);
  const measured = { wallMs: steady.wallMs, latency, throughputFps, readyMs: cold.loadMs + cold.initMs, memoryMb: memory.pluginMb };
  const lines = judgeBudget(budget, measured);
  const ok = lines.some((line) => line.ok === false) ? false : lines.some((line) => line.ok === null) ? null : true;
  return {
    ...reportHead('bench', subject, digests, steady.info),
    machine,
    image: { path: reportPath(subject, picture.path), width: picture.width, height: picture.height, format: steady.format },
    iterations: latency.samples,
    warmup,
    cold: { loadMs: cold.loadMs, initMs: cold.initMs, firstInferMs: cold.firstInferMs },
    latency,
    ownLatency: summarizeLatencies(steady.ownMs),
    throughputFps,
    distribution: distributionOf(steady.wallMs),
    decisions: steady.decisions,
    memory,
    timer: { resolutionNs: steady.timer.resolutionMs * 1e6, overheadNs: steady.timer.overheadMs * 1e6 },
    budget: lines.length === 0 ? null : { path: reportPath(subject, subject.benchmark), ok, lines },
    ok: ok === true,
  };
}

function memoryOf({ memory: { before, peak } }: BenchMeasurement): BenchReport['memory'] {
  const mebibytes = (bytes: number): number => Number((bytes / 2 ** 20).toFixed(1));
  return { beforeMb: mebibytes(before), peakMb: mebibytes(peak), pluginMb: mebibytes(Math.max(0, peak - before)) };
}

function distributionOf(wallMs: readonly number[]): BenchReport['distribution'] {
  const histogram = createHistogram({ lowest: 1, highest: 3_600_000_000_000, figures: 4 });
  for (const wall of wallMs) histogram.record(Math.max(1, Math.round(wall * 1e6)));
  return [...histogram.percentiles].map(([percent, nanoseconds]) => ({ percent, ms: Number(nanoseconds) / 1e6 }));
}
