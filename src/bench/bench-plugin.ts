// Times a plugin in processes of its own: cold starts, the loop over one picture, and whatever else was asked for.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sha256File } from '../core/digest.ts';
import { KitError } from '../core/kit-error.ts';
import { writeReport } from '../golden/golden-report.ts';
import { inputFormat } from '../golden/inspector.ts';
import { digestSubject, type PluginSubject } from '../golden/plugin-subject.ts';
import { decodeImage } from '../image/decode-image.ts';
import { listImageFiles } from '../image/image-files.ts';
import { Advance } from './advance.ts';
import { median } from './averages.ts';
import { baselineLimits } from './baseline.ts';
import type { BenchOptions } from './bench-options.ts';
import type { PictureFile } from './bench-order.ts';
import { durationOf, mainPlan, type Plan } from './bench-plan.ts';
import type { BenchReport } from './bench-report.ts';
import { type Budget, readBudget } from './budget.ts';
import { buildReport } from './build-report.ts';
import { checkResults } from './check-results.ts';
import { samplesFor } from './judge-budget.ts';
import { describeMachine } from './machine.ts';
import { runTiming, type Timing, type TimingOrder } from './run-timing.ts';
import { planTables, storePicture, type TableJob } from './time-tables.ts';

/** A benchmark with the samples it rests on. */
export interface BenchResult {
  readonly report: BenchReport;
  /** Every phase of the main process, with its samples. */
  readonly timing: Timing;
}

const coldStarts = { most: 6, inAllMs: 10_000 };
/** What each of them does after its first inspections: its median shows how far processes lie apart. */
const repeats = { iterations: 5, forMs: 50 };
const coldDeadlineMs = 180_000;
/** A run is given up when it takes so many times longer than the first inspections promised. */
const patience = 20;

/** Times a plugin and writes the report to the project; see {@link benchSubject}. */
export async function benchPlugin(subject: PluginSubject, options: BenchOptions = {}): Promise<BenchReport> {
  return (await benchSubject(subject, options)).report;
}

/**
 * Times a plugin: some fresh processes for the cold figures, one for the loop, others for tables. Writes the report to the project.
 *
 * @throws {@link KitError} `IMAGE_INVALID`, `FILE_INVALID`, `NOTHING_TESTED` without a picture, and what a plugin does that fails, crashes or hangs.
 */
export async function benchSubject(subject: PluginSubject, options: BenchOptions = {}): Promise<BenchResult> {
  const { warmup = 10, env, force = false } = options;
  if (subject.script !== undefined) throw notTimed(subject.script.manifest.app.id);
  const digests = await digestSubject(subject);
  const budget = await readBudget(subject.benchmark);
  const picture = await decodeImage(await pictureOf(subject, budget, options.image));
  const machine = await describeMachine(subject.config, env);
  const { cpu, gpu } = machine;
  const baseline = baselineLimits(subject.performance ?? {}, { cpu, ...(gpu === null ? {} : { gpu }) }, force);
  const folder = await mkdtemp(join(tmpdir(), 'mvas-bench-'));
  try {
    const order = orderOf(subject, await storePicture(picture, folder, 0));
    const cold = await startCold(order, options.signal);
    const format = inputFormat(subject.library, firstOf(cold).info);
    const each = median(cold.flatMap(({ phases }) => firstOf(phases).taken.map(({ wall }) => wall)));
    const plan = mainPlan(options, samplesFor(budget, baseline), budget.takt_ms === options.taktMs);
    announce(options, plan, each);
    const planned = plan.phases.map((phase) => durationOf(phase, each));
    const advance = new Advance(options.onAdvance);
    const job = { subject, digests, picture, order: { ...order, format }, each, folder, options, advance };
    const tables = await planTables(job);
    advance.expect([...planned, ...tables.expected]);
    const main = await timePlan(job, plan, planned);
    advance.done(planned.length);
    const results = await checkResults(subject, digests, picture.path, firstOf(main.results));
    const sums = { results, tables: await tables.run(), imageSha256: await sha256File(picture.path) };
    const report = buildReport({ subject, digests, budget, baseline, picture, machine, cold, main, warmup, ...sums });
    await writeReport('bench', subject, report);
    return { report, timing: main };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function orderOf({ library, dependencies, model, config }: PluginSubject, picture: PictureFile): TimingOrder {
  return { library, dependencies, model, config, pictures: [picture], frames: [{ picture: 0 }], phases: [] };
}

/** Several processes, as many as are soon started: one start tells little. */
async function startCold(order: TimingOrder, signal: AbortSignal | undefined): Promise<Timing[]> {
  const started = performance.now();
  const timings: Timing[] = [];
  while (timings.length === 0 || (timings.length < coldStarts.most && performance.now() - started < coldStarts.inAllMs)) {
    const phases = [
      { name: 'cold', frames: [0], iterations: 5 },
      { name: 'repeat', frames: [0], ...repeats },
    ];
    timings.push(await runTiming({ ...order, phases }, { deadlineMs: coldDeadlineMs, signal }));
  }
  return timings;
}

async function timePlan(
  { order, each, options, advance }: TableJob,
  { frames, phases }: Plan,
  planned: readonly number[],
): Promise<Timing> {
  const deadlineMs = coldDeadlineMs + (options.prolongMs ?? 0) + patience * planned.reduce((sum, ms) => sum + ms, each);
  const onProgress = (phase: number, part: number): void => advance.at(phase, part);
  return await runTiming({ ...order, frames, phases }, { deadlineMs, signal: options.signal, onProgress });
}

function announce({ progress, iterations = 1000 }: BenchOptions, { phases }: Plan, each: number): void {
  const { warmup = 0, wanted = 0 } = firstOf(phases);
  progress?.(`${iterations} inspections of about ${each.toFixed(2)} ms after ${warmup} to warm up`);
  if (wanted > iterations) progress?.(`the budget needs ${wanted} samples: the run is prolonged`);
}

function notTimed(id: string): KitError {
  return new KitError('FLAG_INVALID', `${id} is a script, and only plugins are timed`, {
    hint: 'mvas infer shows what each picture takes',
  });
}

async function pictureOf(subject: PluginSubject, budget: Budget, given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  if (budget.image !== undefined) return resolve(dirname(subject.benchmark), budget.image);
  const [first] = await listImageFiles(subject.testImages).catch(() => []);
  if (first !== undefined) return join(subject.testImages, first);
  throw new KitError('NOTHING_TESTED', `there is no picture to time: ${subject.testImages} holds none`, { hint: 'name one with --image' });
}

function firstOf<T>(items: readonly T[]): T {
  const [first] = items;
  if (first === undefined) throw new RangeError('nothing was measured');
  return first;
}
