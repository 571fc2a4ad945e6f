// Times a plugin on one picture: cold figures, then a loop, held against the budget.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { KitError } from '../core/kit-error.ts';
import { writeReport } from '../golden/golden-report.ts';
import { digestSubject, type PluginSubject } from '../golden/plugin-subject.ts';
import { decodeImage } from '../image/decode-image.ts';
import { listImageFiles } from '../image/image-files.ts';
import type { BenchOrder } from './bench-entry.ts';
import { type BenchReport, benchReport } from './bench-report.ts';
import { type Budget, readBudget, samplesFor } from './budget.ts';
import { describeMachine } from './machine.ts';
import { runTiming } from './run-timing.ts';

/** How to time. */
export interface BenchOptions {
  /** Inspections to time; default 1000. A limit that needs more samples prolongs the run. */
  readonly iterations?: number;
  /** Inspections before that are not counted; default 10. */
  readonly warmup?: number;
  /** Picture to time; default the one of benchmark.json, else the first test image. */
  readonly image?: string;
  /** How long a run may be prolonged at most; default one minute. */
  readonly prolongMs?: number;
  readonly signal?: AbortSignal;
  /** Told what is going on. */
  readonly progress?: (line: string) => void;
}

const coldDeadlineMs = 180_000;
/** A run is given up when it takes so many times longer than the first inspections promised. */
const patience = 20;

/**
 * Times a plugin in processes of its own: one fresh process for the cold figures, one for the loop. Writes the report to the project.
 *
 * @throws {@link KitError} `IMAGE_INVALID`, `FILE_INVALID`, `NOTHING_TESTED` without a picture, and what a plugin does that fails, crashes or hangs.
 */
export async function benchPlugin(subject: PluginSubject, options: BenchOptions = {}): Promise<BenchReport> {
  const { iterations = 1000, warmup = 10, prolongMs = 60_000, signal, progress } = options;
  const digests = await digestSubject(subject);
  const budget = await readBudget(subject.benchmark);
  const picture = await decodeImage(await pictureOf(subject, budget, options.image));
  const machine = await describeMachine();
  const folder = await mkdtemp(join(tmpdir(), 'mvas-bench-'));
  try {
    const { data, ...shape } = picture;
    const file = join(folder, 'pixels');
    await writeFile(file, data);
    const { library, dependencies, model, config } = subject;
    const order: BenchOrder = {
      library,
      dependencies,
      model,
      config,
      picture: { ...shape, file },
      warmup: 0,
      iterations: 5,
      wanted: 0,
      extraMs: 0,
    };
    const cold = await runTiming(order, coldDeadlineMs, signal);
    const each = Math.max(...cold.wallMs);
    const wanted = Math.max(iterations, samplesFor(budget));
    progress?.(`${iterations} inspections of about ${each.toFixed(2)} ms after ${warmup} to warm up`);
    if (wanted > iterations) progress?.(`the budget needs ${wanted} samples: the run is prolonged`);
    const deadlineMs = coldDeadlineMs + patience * each * (warmup + wanted) + prolongMs;
    const steady = await runTiming({ ...order, warmup, iterations, wanted, extraMs: prolongMs }, deadlineMs, signal);
    const report = benchReport({ subject, digests, budget, picture, machine, cold, steady, warmup });
    await writeReport('bench', subject, report);
    return report;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function pictureOf(subject: PluginSubject, budget: Budget, given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  if (budget.image !== undefined) return resolve(dirname(subject.benchmark), budget.image);
  const [first] = await listImageFiles(subject.testImages).catch(() => []);
  if (first !== undefined) return join(subject.testImages, first);
  throw new KitError('NOTHING_TESTED', `there is no picture to time: ${subject.testImages} holds none`, { hint: 'name one with --image' });
}
