// Runs the timing in a fresh process of its own and turns every other end into an error.
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KitError } from '../core/kit-error.ts';
import { compiledModule } from '../core/kit-version.ts';
import { itWrote } from '../harness/excerpt.ts';
import type { JobOutcome, JobRunner } from '../harness/job.ts';
import { startJobRunner } from '../harness/jobs/start-job-runner.ts';
import { describeEnding, PluginDeath } from '../harness/plugin-errors.ts';
import type { InferenceResult } from '../harness/plugin-host.ts';
import { type BenchFailure, type BenchOrder, type BenchOutcome, type KeptResults, type PhaseOutcome, samplesFile } from './bench-order.ts';
import { readKeptResult } from './kept-results.ts';
import { readSamples, type Sample } from './sample-log.ts';

const module = compiledModule('bench/bench-entry.js').href;
const pollMs = 200;

/** What a timing is about; its folder is made for it. */
export type TimingOrder = Omit<BenchOrder, 'folder'>;

/** A phase with its samples. */
export interface TimedPhase extends PhaseOutcome {
  readonly taken: readonly Sample[];
}

/** Results of a frame, read back. */
export interface FrameResults extends Omit<KeptResults, 'files'> {
  readonly different: readonly InferenceResult[];
}

/** What a timing process has measured. */
export interface Timing extends Omit<BenchOutcome, 'phases' | 'results'> {
  readonly phases: readonly TimedPhase[];
  readonly results: readonly FrameResults[];
}

/** How a timing is run. */
export interface TimingOptions {
  /** A process that takes longer is given up. */
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Told which phase is under way and how much of it is done, 0 to 1. */
  readonly onProgress?: ((phase: number, part: number) => void) | undefined;
}

/** Starts timing processes, several at a time where `slots` allows it; `work` gets a function that runs one. */
export async function withTiming<T>(
  { slots = 1, signal }: { slots?: number; signal?: AbortSignal | undefined },
  work: (run: (order: TimingOrder, options: TimingOptions & { folder?: string }) => Promise<Timing>) => Promise<T>,
): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), 'mvas-bench-'));
  const runner = await startJobRunner({ slots, modules: [], fresh: true, ...(signal ? { signal } : {}) });
  let number = 0;
  try {
    return await work(async (order, options) => {
      const folder = options.folder ?? join(root, String(++number));
      await mkdir(folder, { recursive: true });
      return await timeOnce(runner, { ...order, folder }, options).finally(() => rm(folder, { recursive: true, force: true }));
    });
  } finally {
    await runner.close();
    await rm(root, { recursive: true, force: true });
  }
}

/**
 * Times a plugin as ordered.
 *
 * @throws {@link KitError} `PLUGIN_FAILED`, `PLUGIN_CRASHED`, `PLUGIN_HUNG` after `deadlineMs`, `INTERRUPTED`.
 */
export async function runTiming(order: TimingOrder, options: TimingOptions): Promise<Timing> {
  return await withTiming({ signal: options.signal }, (run) => run(order, options));
}

async function timeOnce(runner: JobRunner, order: BenchOrder, { deadlineMs, onProgress }: TimingOptions): Promise<Timing> {
  const poll = onProgress && setInterval(() => void tellProgress(order.folder, onProgress), pollMs);
  try {
    return readBack(order.folder, outcomeOf(order.library, await runner.run({ module, input: order, deadlineMs })));
  } finally {
    clearInterval(poll);
  }
}

async function tellProgress(folder: string, tell: NonNullable<TimingOptions['onProgress']>): Promise<void> {
  const bytes = await readFile(join(folder, 'progress')).catch(() => undefined);
  if (bytes?.length === 16) tell(bytes.readDoubleLE(0), bytes.readDoubleLE(8));
}

function readBack(folder: string, { phases, results, ...rest }: BenchOutcome): Timing {
  return {
    ...rest,
    phases: phases.map((phase) => ({ ...phase, taken: readSamples(join(folder, samplesFile(phase))) })),
    results: results.map(({ files, ...of }) => ({ ...of, different: files.map((file) => readKeptResult(folder, file)) })),
  };
}

function outcomeOf(library: string, outcome: JobOutcome): BenchOutcome {
  if (outcome.kind === 'broken') throw new Error(outcome.error);
  if (outcome.kind !== 'completed') throw death(library, outcome);
  const value = outcome.value as BenchOutcome | BenchFailure;
  if ('failure' in value)
    throw new KitError('PLUGIN_FAILED', `${library}: ${value.failure}`, { hint: 'try it on one picture: mvas infer' });
  return value;
}

function death(library: string, outcome: Extract<JobOutcome, { kind: 'crashed' | 'exited' | 'hung' }>): KitError {
  const known = new PluginDeath(library, outcome, outcome.calls.at(-1), outcome.output);
  return new KitError(known.code, `${library} ${describeEnding(outcome)} while it was timed${itWrote(outcome.output.stderr)}`, {
    cause: known,
    hint: 'find the call with: mvas golden, or mvas conform',
  });
}
