// Times a plugin inside its own process: load, init, first inspection, then phases of one loop.
import { closeSync, existsSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { KitError } from '../core/kit-error.ts';
import { peakMemory } from '../core/peak-memory.ts';
import { collectGarbage } from '../harness/collect-garbage.ts';
import type { JobContext } from '../harness/job.ts';
import { startEngine } from '../harness/native/start-engine.ts';
import { type FrameFormat, isFrameFormat } from '../image/frame.ts';
import { type BenchFailure, type BenchOrder, type BenchOutcome, samplesFile } from './bench-order.ts';
import { ResultKeeper } from './kept-results.ts';
import { prepareFrame, readPicture } from './prepare-frame.ts';
import { type ReadyFrame, runPhase, type Workplace } from './run-phase.ts';
import { SampleLog } from './sample-log.ts';
import { measureTimer } from './timer.ts';
import { sleep } from './wait-until.ts';

/** The job: times as ordered. */
export function run(_context: JobContext, input: unknown): BenchOutcome | BenchFailure {
  try {
    return measure(input as BenchOrder);
  } catch (error) {
    if (error instanceof KitError) return { failure: error.message };
    throw error;
  }
}

function measure(order: BenchOrder): BenchOutcome {
  const timer = measureTimer();
  const logs = order.phases.map(
    ({ iterations, wanted = 0, forMs }) => new SampleLog(forMs === undefined ? Math.max(iterations, wanted) : undefined),
  );
  const early = order.format === undefined ? undefined : readyFrames(order, order.format);
  const before = process.memoryUsage.rss();
  const { engine, loadTimeMs: loadMs } = startEngine(order.library, { reuseArrays: true, dependencies: order.dependencies });
  const info = engine.info();
  const frames = early ?? readyFrames(order, knownFormat(info.inputFormat));
  const start = performance.now();
  engine.init(order.model, order.config);
  const initMs = performance.now() - start;
  const first = frames.find(({ spec }) => !spec.mayFail);
  const firstInferMs = first === undefined ? 0 : engine.infer(first.frame).wallTimeMs;
  const tell = progressFile(order.folder);
  if (order.gate) waitForGate(order.folder);
  const phases = order.phases.map((phase, number) => {
    const place: Workplace = { engine, frames, read: readProcess, progress: (part) => tell.progress(number, part) };
    return runPhase(place, phase, logs[number] ?? new SampleLog(0));
  });
  const memory = { before, peak: peakMemory(process.resourceUsage().maxRSS) };
  tell.close();
  for (const [number, phase] of order.phases.entries()) logs[number]?.writeTo(join(order.folder, samplesFile(phase)));
  const results = frames.flatMap(({ keeper }) => (keeper === undefined ? [] : [keeper.finish(order.folder)]));
  engine.cleanup();
  return { info, frames: frames.map(describeFrame), loadMs, initMs, firstInferMs, phases, results, memory, timer };
}

function knownFormat(format: string): FrameFormat {
  if (isFrameFormat(format)) return format;
  throw new KitError('PLUGIN_FAILED', `its info says that the input format is ${JSON.stringify(format)}`);
}

function readyFrames({ pictures, frames }: BenchOrder, own: FrameFormat): ReadyFrame[] {
  const decoded = pictures.map(readPicture);
  return frames.map((spec, index) => {
    const picture = decoded[spec.picture];
    if (picture === undefined) throw new RangeError(`there is no picture ${spec.picture}`);
    return { spec, frame: prepareFrame(picture, spec, own), keeper: spec.kept ? new ResultKeeper(index) : undefined };
  });
}

function describeFrame({ frame: { width, height, format, strideBytes }, refused }: ReadyFrame): BenchOutcome['frames'][number] {
  return { width, height, format, strideBytes, ...(refused === undefined ? {} : { refused }) };
}

/** Progress in a small file of its own: two numbers, phase and part of it that is done. */
function progressFile(folder: string) {
  const descriptor = openSync(join(folder, 'progress'), 'w');
  const words = new Float64Array(2);
  return {
    progress(phase: number, part: number): void {
      words[0] = phase;
      words[1] = part;
      writeSync(descriptor, words, 0, 16, 0);
    },
    close: () => closeSync(descriptor),
  };
}

/** Tells that it is ready, and waits until the parent opens the gate for all. */
function waitForGate(folder: string): void {
  writeFileSync(join(folder, 'ready'), '');
  while (!existsSync(join(folder, 'go'))) sleep(1);
}

/** What the process uses; without the kit's own garbage where there is time to collect it. */
function readProcess(hasTime: boolean) {
  if (hasTime) collectGarbage('all');
  const threads = /^Threads:\s+(\d+)$/m.exec(readText('/proc/self/status') ?? '')?.[1];
  return { bytes: process.memoryUsage.rss(), threads: threads === undefined ? null : Number(threads), descriptors: openDescriptors() };
}

function openDescriptors(): number | null {
  for (const folder of ['/proc/self/fd', '/dev/fd']) {
    try {
      return readdirSync(folder).length - 1; // the folder itself is open while it is read
    } catch {
      // no such folder on this system
    }
  }
  return null;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}
