// The tables of a benchmark that were asked for: pictures, sizes and formats, repeated frames, cameras.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KitError } from '../core/kit-error.ts';
import type { PluginSubject, SubjectDigests } from '../golden/plugin-subject.ts';
import { decodeImage } from '../image/decode-image.ts';
import { type FrameFormat, frameChannels } from '../image/frame.ts';
import { listImageFiles } from '../image/image-files.ts';
import type { Picture } from '../image/picture.ts';
import type { Advance } from './advance.ts';
import type { BenchOptions } from './bench-options.ts';
import type { FrameSpec, Phase, PictureFile } from './bench-order.ts';
import { durationOf, usual } from './bench-plan.ts';
import type { BenchReport } from './bench-report.ts';
import { cachingPlan, judgeCaching } from './caching.ts';
import { type CameraRow, cameraCounts, cameraPhase, cameraRow, timeCameras } from './cameras.ts';
import { checkResults } from './check-results.ts';
import { type ImageRow, imagePlan } from './image-table.ts';
import { summarizeLatencies } from './percentiles.ts';
import { runTiming, type Timing, type TimingOrder } from './run-timing.ts';
import { type Sample, timesOf } from './sample-log.ts';
import { type SweepFrame, sweepFrames, sweepPhase, sweepRows } from './sweep.ts';

/** What the tables are made with. */
export interface TableJob {
  readonly subject: PluginSubject;
  readonly digests: SubjectDigests;
  readonly picture: Picture;
  /** With the stored picture and the plugin's format. */
  readonly order: TimingOrder & { readonly format: FrameFormat };
  /** Milliseconds of an inspection. */
  readonly each: number;
  /** Pixels go there. */
  readonly folder: string;
  readonly options: BenchOptions;
  readonly advance: Advance;
}

/** Tables that can be made. */
export interface PlannedTables {
  /** Milliseconds of each step. */
  readonly expected: readonly number[];
  run(): Promise<Pick<BenchReport, 'images' | 'sweep' | 'caching' | 'cameras'>>;
}

const deadlineMs = 180_000;
const patience = 20;

/** Writes a picture's pixels where the timing process reads them. */
export async function storePicture({ data, ...shape }: Picture, folder: string, number: number): Promise<PictureFile> {
  const file = join(folder, `pixels-${number}`);
  await writeFile(file, data);
  return { ...shape, file };
}

/** Works out the tables. @throws {@link KitError} `FILE_NOT_FOUND`, `IMAGE_INVALID` for the folder of pictures. */
export async function planTables(job: TableJob): Promise<PlannedTables> {
  const { options, each } = job;
  const variants = await planVariants(job);
  const counts = options.cameras === undefined ? [] : cameraCounts(options.cameras);
  const camera = cameraPhase(each, options.warmup ?? 10, options.taktMs);
  const ofVariants = variants.phases.map((phase) => durationOf(phase, each));
  return {
    expected: [...ofVariants, ...counts.map(() => durationOf(camera, each))],
    async run() {
      const tables = ofVariants.length === 0 ? {} : await variants.run(ofVariants);
      job.advance.done(ofVariants.length);
      return { ...tables, ...(counts.length === 0 ? {} : { cameras: await timeAllCameras(job, counts, camera) }) };
    },
  };
}

async function timeAllCameras({ order, options, advance }: TableJob, counts: readonly number[], phase: Phase): Promise<CameraRow[]> {
  const rows: CameraRow[] = [];
  for (const count of counts) {
    options.progress?.(count === 1 ? 'one camera' : `${count} cameras at the same time`);
    const limit = deadlineMs + patience * count * durationOf(phase, 0);
    const timings = await timeCameras({ ...order, phases: [phase] }, count, { deadlineMs: limit, signal: options.signal });
    rows.push(cameraRow(timings, rows[0]?.totalFps, options.taktMs));
    advance.done(1);
  }
  return rows;
}

interface Variants {
  readonly phases: readonly Phase[];
  run(planned: readonly number[]): Promise<Pick<BenchReport, 'images' | 'sweep' | 'caching'>>;
}

/** Pictures, sweep and repeated frames share a process. */
async function planVariants(job: TableJob): Promise<Variants> {
  const { options, order, picture } = job;
  const pictures = [...order.pictures];
  const frames: FrameSpec[] = [];
  const phases: Phase[] = [];
  const files: Picture[] = [];
  if (options.imageFolder !== undefined) {
    const names = await listImageFiles(options.imageFolder);
    if (names.length === 0)
      throw new KitError('NOTHING_TESTED', `${options.imageFolder} holds no pictures`, { hint: 'name a folder of pictures' });
    for (const name of names) {
      const decoded = await decodeImage(join(options.imageFolder, name));
      files.push({ ...decoded, data: new Uint8Array(0) });
      pictures.push(await storePicture(decoded, job.folder, pictures.length));
    }
    add(imagePlan(files.length, options.iterations ?? usual.most, order.pictures.length, 0));
  }
  const sweep = options.sweep ? sweepFrames(picture.width, picture.height) : [];
  const sweepFrom = frames.length;
  if (sweep.length > 0) add({ frames: sweep, phase: sweepPhase(sweep.length, sweepFrom) });
  if (options.distinct) add(cachingPlan(picture.width * picture.height * frameChannels[order.format], frames.length));
  function add(plan: { frames: readonly FrameSpec[]; phase: Phase }): void {
    frames.push(...plan.frames);
    phases.push(plan.phase);
  }
  return {
    phases,
    async run(planned) {
      const limit = deadlineMs + patience * planned.reduce((sum, ms) => sum + ms, 0);
      const onProgress = (phase: number, part: number): void => job.advance.at(phase, part);
      const run = { deadlineMs: limit, signal: options.signal, onProgress };
      return await summarize(job, await runTiming({ ...order, pictures, frames, phases }, run), files, sweep, sweepFrom);
    },
  };
}

async function summarize(job: TableJob, timing: Timing, files: readonly Picture[], sweep: readonly SweepFrame[], sweepFrom: number) {
  const taken = (name: string): readonly Sample[] | undefined => timing.phases.find((phase) => phase.name === name)?.taken;
  const [images, swept, caching] = ['images', 'sweep', 'caching'].map(taken);
  return {
    ...(images && { images: await imageRows(job, timing, images, files) }),
    ...(swept && { sweep: sweepRows(timing, swept, sweep, sweepFrom) }),
    ...(caching && { caching: judgeCaching(caching) }),
  };
}

/** A row for each picture that was timed. */
export async function imageRows(
  { subject, digests }: Pick<TableJob, 'subject' | 'digests'>,
  timing: Timing,
  taken: readonly Sample[],
  files: readonly Picture[],
): Promise<ImageRow[]> {
  const rows: ImageRow[] = [];
  for (const [at, { path, width, height }] of files.entries()) {
    const results = timing.results.find(({ frame }) => frame === at);
    if (results === undefined) continue;
    const { inspections: _, ...checked } = await checkResults(subject, digests, path, results);
    rows.push({ ...checked, width, height, latency: summarizeLatencies(timesOf(taken, at)) });
  }
  return rows;
}
