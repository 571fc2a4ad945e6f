// Measures a script as a host runs it: transforms here, the model in processes of its own.
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { KitError } from '../core/kit-error.ts';
import type { ScriptSubject } from '../golden/plugin-subject.ts';
import { scriptInfo } from '../golden/script-inspector.ts';
import { decodeImage } from '../image/decode-image.ts';
import { listImageFiles } from '../image/image-files.ts';
import type { Picture } from '../image/picture.ts';
import { openScript } from '../script/open-script.ts';
import { Advance } from './advance.ts';
import { median } from './averages.ts';
import type { BenchOptions } from './bench-options.ts';
import type { Phase } from './bench-order.ts';
import { durationOf, mainPlan, usual } from './bench-plan.ts';
import { imagePlan } from './image-table.ts';
import { ResultKeeper, readKeptResult } from './kept-results.ts';
import { announce, coldStarts, firstOf, type Measured, type MeasureJob, repeats } from './measure-job.ts';
import { runScriptPhase } from './run-script-phase.ts';
import type { TimedPhase, Timing } from './run-timing.ts';
import { imageRows } from './time-tables.ts';
import { measureTimer } from './timer.ts';

/** What a plugin can be timed by and a script not, with the reason. */
const notOfScripts = [
  ['sweep', '--sweep', 'its transforms bring every picture to one size and format'],
  ['distinct', '--distinct', 'it keeps nothing of a picture'],
  ['cameras', '--hosts', 'transforms of all cameras share one thread'],
  ['soakMs', '--for', 'memory and threads of several processes are not watched'],
] as const;

/**
 * Refuses what cannot be measured of a script.
 *
 * @throws {@link KitError} `FLAG_INVALID` with the reason.
 */
export function requireTimeable({ manifest }: ScriptSubject, options: BenchOptions): void {
  for (const [option, flag, reason] of notOfScripts) {
    if (options[option] === undefined) continue;
    throw new KitError('FLAG_INVALID', `${manifest.app.id} is a script, and ${flag} is for plugins: ${reason}`, {
      hint: 'scripts are timed by mvas bench, with --images, --takt and --idle',
    });
  }
}

/**
 * Measures a script.
 *
 * @throws {@link KitError} as {@link openScript} and its inspections, and for a folder of pictures that cannot be read.
 */
export async function measureScript(job: MeasureJob, subject: ScriptSubject): Promise<Measured> {
  const { options, picture } = job;
  const cold = await startCold(job, subject);
  const each = median(cold.flatMap(({ phases }) => firstOf(phases).taken.map(({ wall }) => wall)));
  const plan = mainPlan(options, job.needed, job.needsTakt, each);
  announce(options, plan, each);
  const pictures = await picturesOf(options.imageFolder);
  const ofImages = pictures.length === 0 ? [] : [imagePlan(pictures.length, options.iterations ?? usual.most, 0, 0).phase];
  const advance = new Advance(options.onAdvance);
  advance.expect([...plan.phases, ...ofImages].map((phase) => durationOf(phase, each)));
  const main = await timeOnce(job, subject, [picture], plan.phases, (number, part) => advance.at(number, part));
  advance.done(plan.phases.length);
  if (ofImages.length === 0) return { cold, main, tables: {} };
  const timing = await timeOnce(job, subject, pictures, ofImages, (_, part) => advance.at(0, part));
  return { cold, main, tables: { images: await imageRows(job, timing, firstOf(timing.phases).taken, pictures) } };
}

/** Fresh processes of the model; the first inspection is cold in the first alone: Node has compiled the transforms by then. */
async function startCold(job: MeasureJob, subject: ScriptSubject): Promise<Timing[]> {
  const started = performance.now();
  const timings: Timing[] = [];
  const phases = [
    { name: 'cold', frames: [0], iterations: 5 },
    { name: 'repeat', frames: [0], ...repeats },
  ];
  while (timings.length === 0 || (timings.length < coldStarts.most && performance.now() - started < coldStarts.inAllMs))
    timings.push(await timeOnce(job, subject, [job.picture], phases, () => undefined));
  const { firstInferMs } = firstOf(timings);
  return timings.map((timing) => ({ ...timing, firstInferMs }));
}

async function picturesOf(folder: string | undefined): Promise<Picture[]> {
  if (folder === undefined) return [];
  const names = await listImageFiles(folder);
  if (names.length === 0) throw new KitError('NOTHING_TESTED', `${folder} holds no pictures`, { hint: 'name a folder of pictures' });
  const pictures: Picture[] = [];
  for (const name of names) pictures.push(await decodeImage(join(folder, name)));
  return pictures;
}

/** Starts the script and runs the phases over its pictures. */
async function timeOnce(
  { folder, options: { signal } }: MeasureJob,
  { plan, manifest }: ScriptSubject,
  pictures: readonly Picture[],
  phases: readonly Phase[],
  tell: (phase: number, part: number) => void,
): Promise<Timing> {
  const { resolutionMs, overheadMs } = measureTimer();
  await using script = await openScript(plan, signal && { signal });
  const { loadTimeMs, modelMs } = script;
  const frames = pictures.map((picture, frame) => ({ inspect: () => script.inspect(picture), keeper: new ResultKeeper(frame) }));
  const { wallTimeMs: firstInferMs } = await script.inspect(firstOf(pictures));
  const timed: TimedPhase[] = [];
  for (const [number, phase] of phases.entries()) timed.push(await runScriptPhase(frames, phase, (part) => tell(number, part)));
  return {
    info: scriptInfo(manifest),
    frames: pictures.map(({ width, height, channels }) => ({ width, height, format: 'RGB', strideBytes: width * channels })),
    loadMs: loadTimeMs - modelMs,
    initMs: modelMs,
    firstInferMs,
    phases: timed,
    results: resultsOf(frames, folder),
    memory: script.memory,
    timer: { resolutionMs, overheadMs },
  };
}

function resultsOf(frames: readonly { readonly keeper: ResultKeeper }[], folder: string): Timing['results'] {
  return frames.map(({ keeper }) => {
    const { files, ...kept } = keeper.finish(folder);
    return { ...kept, different: files.map((file) => readKeptResult(folder, file)) };
  });
}
