// Times a plugin or a script: the loop over one picture, and whatever else was asked for; then sums it up and judges.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { sha256File } from '../core/digest.ts';
import { KitError } from '../core/kit-error.ts';
import { writeReport } from '../golden/golden-report.ts';
import { digestSubject, type PluginSubject } from '../golden/plugin-subject.ts';
import { decodeImage } from '../image/decode-image.ts';
import { listImageFiles } from '../image/image-files.ts';
import { baselineLimits } from './baseline.ts';
import type { BenchOptions } from './bench-options.ts';
import type { BenchReport } from './bench-report.ts';
import { type Budget, readBudget } from './budget.ts';
import { buildReport } from './build-report.ts';
import { checkResults } from './check-results.ts';
import { samplesFor } from './judge-budget.ts';
import { describeMachine } from './machine.ts';
import { firstOf } from './measure-job.ts';
import { measurePlugin } from './measure-plugin.ts';
import { measureScript, requireTimeable } from './measure-script.ts';
import type { Timing } from './run-timing.ts';

/** A benchmark with the samples it rests on. */
export interface BenchResult {
  readonly report: BenchReport;
  /** Every phase of the main process, with its samples. */
  readonly timing: Timing;
}

/** Times a plugin and writes the report to the project; see {@link benchSubject}. */
export async function benchPlugin(subject: PluginSubject, options: BenchOptions = {}): Promise<BenchReport> {
  return (await benchSubject(subject, options)).report;
}

/**
 * Times a plugin: some fresh processes for the cold figures, one for the loop, others for tables; a script likewise, as far as that can be
 * asked of one. Writes the report to the project.
 *
 * @throws {@link KitError} `IMAGE_INVALID`, `FILE_INVALID`, `NOTHING_TESTED` without a picture, `FLAG_INVALID` for what a script has not, and
 * what a plugin does that fails, crashes or hangs.
 */
export async function benchSubject(subject: PluginSubject, options: BenchOptions = {}): Promise<BenchResult> {
  const { warmup = 10, env, force = false } = options;
  const { script } = subject;
  if (script !== undefined) requireTimeable(script, options);
  const digests = await digestSubject(subject);
  const budget = await readBudget(subject.benchmark);
  const picture = await decodeImage(await pictureOf(subject, budget, options.image));
  const machine = await describeMachine(subject.config, env);
  const { cpu, gpu } = machine;
  const baseline = baselineLimits(subject.performance ?? {}, { cpu, ...(gpu === null ? {} : { gpu }) }, force);
  const folder = await mkdtemp(join(tmpdir(), 'mvas-bench-'));
  try {
    const wanted = { needed: samplesFor(budget, baseline), needsTakt: budget.takt_ms === options.taktMs };
    const job = { subject, digests, picture, folder, options, ...wanted };
    const { cold, main, tables } = await (script === undefined ? measurePlugin(job) : measureScript(job, script));
    const results = await checkResults(subject, digests, picture.path, firstOf(main.results));
    const sums = { results, tables, imageSha256: await sha256File(picture.path) };
    const report = buildReport({ subject, digests, budget, baseline, picture, machine, cold, main, warmup, ...sums });
    await writeReport('bench', subject, report);
    return { report, timing: main };
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
