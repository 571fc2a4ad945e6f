// Times a plugin inside its own process: load, init, first inspection, then the loop. Nothing is decoded or printed meanwhile.
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { KitError } from '../core/kit-error.ts';
import type { JobContext } from '../harness/job.ts';
import { startEngine } from '../harness/native/start-engine.ts';
import type { PluginInfo } from '../harness/plugin-host.ts';
import { isFrameFormat } from '../image/frame.ts';
import { toFrame } from '../image/to-frame.ts';

/** What to time. */
export interface BenchOrder {
  readonly library: string;
  readonly dependencies: readonly string[];
  readonly model: string | null;
  readonly config: string;
  /** A decoded picture: `file` holds its bytes. */
  readonly picture: {
    readonly file: string;
    readonly path: string;
    readonly width: number;
    readonly height: number;
    readonly channels: 1 | 3 | 4;
  };
  readonly warmup: number;
  readonly iterations: number;
  /** When the iterations are done, go on to so many, but no longer than `extraMs`. */
  readonly wanted: number;
  readonly extraMs: number;
}

/** What was measured; milliseconds. */
export interface BenchMeasurement {
  readonly info: PluginInfo;
  readonly format: string;
  readonly loadMs: number;
  readonly initMs: number;
  readonly firstInferMs: number;
  /** Wall time of each inspection. */
  readonly wallMs: readonly number[];
  /** The plugin's own figure for each. */
  readonly ownMs: readonly number[];
  /** How often each decision came. */
  readonly decisions: Readonly<Record<string, number>>;
  /** Resident memory of the process before the plugin was loaded, and at its highest; bytes. */
  readonly memory: { readonly before: number; readonly peak: number };
  readonly timer: { readonly resolutionMs: number; readonly overheadMs: number };
}

/** A failure of the plugin that is no crash: its message. */
export interface BenchFailure {
  readonly failure: string;
}

/** The job: times as ordered. */
export function run(_context: JobContext, input: unknown): BenchMeasurement | BenchFailure {
  try {
    return measure(input as BenchOrder);
  } catch (error) {
    if (error instanceof KitError) return { failure: error.message };
    throw error;
  }
}

function measure(order: BenchOrder): BenchMeasurement {
  const { file, ...shape } = order.picture;
  const picture = { ...shape, data: readFileSync(file) };
  const timer = measureTimer();
  const before = process.memoryUsage.rss();
  const { engine, loadTimeMs } = startEngine(order.library, { reuseArrays: true, dependencies: order.dependencies });
  const info = engine.info();
  if (!isFrameFormat(info.inputFormat)) return fail(`its info says that the input format is ${JSON.stringify(info.inputFormat)}`);
  const frame = toFrame(picture, info.inputFormat);
  const start = performance.now();
  engine.init(order.model, order.config);
  const initMs = performance.now() - start;
  const firstInferMs = engine.infer(frame).wallTimeMs;
  for (let round = 0; round < order.warmup; round += 1) engine.infer(frame);
  const wallMs: number[] = [];
  const ownMs: number[] = [];
  const decisions: Record<string, number> = {};
  const sample = (): void => {
    const { wallTimeMs, inferenceTimeMs, decision } = engine.infer(frame);
    wallMs.push(wallTimeMs);
    ownMs.push(inferenceTimeMs);
    decisions[decision] = (decisions[decision] ?? 0) + 1;
  };
  while (wallMs.length < order.iterations) sample();
  const until = performance.now() + order.extraMs;
  while (wallMs.length < order.wanted && performance.now() < until) sample();
  const memory = { before, peak: peakMemory() };
  engine.cleanup();
  return { info, format: info.inputFormat, loadMs: loadTimeMs, initMs, firstInferMs, wallMs, ownMs, decisions, memory, timer };
}

function fail(message: string): never {
  throw new KitError('PLUGIN_FAILED', message);
}

/** Highest resident memory of this process. Linux' own counter starts at exec; getrusage there still knows the parent's. */
function peakMemory(): number {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {
    // no such file on this system
  }
  return process.resourceUsage().maxRSS * 1024;
}

/** The smallest step of the clock and what reading it costs. */
function measureTimer(): BenchMeasurement['timer'] {
  const readings = Array.from({ length: 10_000 }, () => performance.now());
  const steps = readings.slice(1).map((reading, at) => reading - (readings[at] ?? 0));
  const sorted = steps.toSorted((a, b) => a - b);
  return { resolutionMs: sorted.find((step) => step > 0) ?? 0, overheadMs: sorted[sorted.length >> 1] ?? 0 };
}
