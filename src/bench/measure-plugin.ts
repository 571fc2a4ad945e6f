// Measures a plugin in processes of its own: cold starts, the loop over one picture, and the tables.
import { performance } from 'node:perf_hooks';
import { inputFormat } from '../golden/inspector.ts';
import type { PluginSubject } from '../golden/plugin-subject.ts';
import { Advance } from './advance.ts';
import { median } from './averages.ts';
import type { PictureFile } from './bench-order.ts';
import { durationOf, mainPlan, type Plan } from './bench-plan.ts';
import { announce, coldStarts, firstOf, type Measured, type MeasureJob, repeats } from './measure-job.ts';
import { runTiming, type Timing, type TimingOrder } from './run-timing.ts';
import { planTables, storePicture, type TableJob } from './time-tables.ts';

const coldDeadlineMs = 180_000;
/** A run is given up when it takes so many times longer than the first inspections promised. */
const patience = 20;

/**
 * Measures a plugin.
 *
 * @throws {@link KitError} for what the plugin does that fails, crashes or hangs, and for a folder of pictures that cannot be read.
 */
export async function measurePlugin({ needed, needsTakt, ...parts }: MeasureJob): Promise<Measured> {
  const { subject, picture, folder, options } = parts;
  const order = orderOf(subject, await storePicture(picture, folder, 0));
  const cold = await startCold(order, options.signal);
  const format = inputFormat(subject.library, firstOf(cold).info);
  const each = median(cold.flatMap(({ phases }) => firstOf(phases).taken.map(({ wall }) => wall)));
  const plan = mainPlan(options, needed, needsTakt, each);
  announce(options, plan, each);
  const planned = plan.phases.map((phase) => durationOf(phase, each));
  const advance = new Advance(options.onAdvance);
  const job = { ...parts, order: { ...order, format }, each, advance };
  const tables = await planTables(job);
  advance.expect([...planned, ...tables.expected]);
  const main = await timePlan(job, plan, planned);
  advance.done(planned.length);
  return { cold, main, tables: await tables.run() };
}

function orderOf({ library, dependencies, model, config }: PluginSubject, picture: PictureFile): TimingOrder {
  return { library, dependencies, model, config, pictures: [picture], frames: [{ picture: 0 }], phases: [] };
}

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
