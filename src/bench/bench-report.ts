// The report of a benchmark.
import type { ReportHead } from '../golden/golden-report.ts';
import type { CachingResult } from './caching.ts';
import type { CameraRow } from './cameras.ts';
import type { CheckedResults } from './check-results.ts';
import type { DistributionPoint, Histogram } from './histogram.ts';
import type { ImageRow } from './image-table.ts';
import type { BudgetLine } from './judge-budget.ts';
import type { Machine } from './machine.ts';
import type { LatencyStats } from './percentiles.ts';
import type { SoakResult } from './soak.ts';
import type { SweepRow } from './sweep.ts';
import type { TaktRun } from './takt.ts';
import type { Timeline } from './timeline.ts';

/** What a benchmark has measured; times in milliseconds unless the name says otherwise. */
export interface BenchReport extends ReportHead {
  readonly machine: Machine;
  readonly image: {
    readonly path: string;
    readonly sha256: string;
    readonly width: number;
    readonly height: number;
    readonly format: string;
  };
  readonly iterations: number;
  readonly warmup: number;
  /** In processes that have just started: medians of so many. */
  readonly cold: { readonly starts: number; readonly loadMs: number; readonly initMs: number; readonly firstInferMs: number };
  /** Median of each of these processes over some warm inspections: a process is as fast as the memory it happens to get. */
  readonly processes: { readonly mediansMs: readonly number[]; readonly inspections: number };
  /** Wall time of mvas_infer. */
  readonly latency: LatencyStats;
  /** The plugin's own figure, inference_time_ms. */
  readonly ownLatency: LatencyStats;
  /** Inspections a second, one after the other: 1000 / mean. */
  readonly throughputFps: number;
  /** How the latencies are spread: share in percent, and the latency that so many do not exceed. */
  readonly distribution: readonly DistributionPoint[];
  readonly histogram: Histogram;
  /** Latencies over the time of the run. */
  readonly timeline: Timeline;
  readonly decisions: Readonly<Record<string, number>>;
  /** The results of the timed picture, held against its reference. */
  readonly results: CheckedResults;
  /** MiB of the host process before the plugin was loaded, and at its highest. */
  readonly memory: { readonly beforeMb: number; readonly peakMb: number; readonly pluginMb: number };
  readonly timer: { readonly resolutionNs: number; readonly overheadNs: number };
  /** Single inspections after a pause of so many seconds. */
  readonly idle?: { readonly seconds: number; readonly latency: LatencyStats };
  readonly takt?: TaktRun & { readonly timeline: Timeline };
  readonly soak?: SoakResult;
  readonly images?: readonly ImageRow[];
  readonly sweep?: readonly SweepRow[];
  readonly caching?: CachingResult;
  readonly cameras?: readonly CameraRow[];
  /** Limits of benchmark.json and of the manifest's promise; `ok` is null when some could not be judged and none is broken. */
  readonly budget: { readonly path: string; readonly ok: boolean | null; readonly lines: readonly BudgetLine[] } | null;
  /** Why the manifest's promise is not judged here; absent where it is, or where there is none. */
  readonly baselineSkipped?: string;
  /** No limit is broken or left open, no result differs from its reference, nothing grows in a soak. */
  readonly ok: boolean;
}
