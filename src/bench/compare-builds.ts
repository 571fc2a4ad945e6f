// Times two builds in turns, each time in a fresh process, and says whether the new one is faster, the same or slower.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KitError } from '../core/kit-error.ts';
import { type ReportHead, reportHead } from '../golden/golden-report.ts';
import { digestSubject, type PluginSubject, type SubjectDigests } from '../golden/plugin-subject.ts';
import { decodeImage } from '../image/decode-image.ts';
import { Advance } from './advance.ts';
import { median } from './averages.ts';
import type { BenchOptions } from './bench-options.ts';
import type { PictureFile } from './bench-order.ts';
import { type BuildDifference, judgeDifference, type Round } from './build-difference.ts';
import { currentLoad, describeMachine, type Machine } from './machine.ts';
import { runTiming, type Timing, type TimingOrder } from './run-timing.ts';
import { storePicture } from './time-tables.ts';

/** How to compare. */
export interface CompareBuildsOptions extends Pick<BenchOptions, 'warmup' | 'force' | 'env' | 'signal' | 'progress' | 'onAdvance'> {
  readonly image: string;
  /** Processes of each build; at least 8, default 20. */
  readonly rounds?: number | undefined;
  /** Inspections in each process; default as many as take 0.3 s, 20 to 1000. */
  readonly iterations?: number | undefined;
}

/** One of the two. */
export type ComparedBuild = Pick<ReportHead, 'plugin' | 'model' | 'config'> & {
  readonly format: string;
  /** Median of the medians of its processes, in milliseconds. */
  readonly medianMs: number;
  readonly decisions: Readonly<Record<string, number>>;
};

/** What became of the comparison; the ratio is new over old. */
export interface BuildComparison extends BuildDifference {
  readonly schema: 'bench-comparison-v1';
  readonly kit: ReportHead['kit'];
  readonly host: ReportHead['host'];
  readonly machine: Machine;
  readonly old: ComparedBuild;
  readonly new: ComparedBuild;
  /** In what the two differ besides the library. */
  readonly unlike: readonly string[];
  /** Both gave the same decisions. */
  readonly sameDecisions: boolean;
  readonly iterations: number;
  readonly rounds: readonly Round[];
}

const processMs = 300;
const iterations = { least: 20, most: 1000 };
const deadlineMs = 180_000;
const startMs = 200;

interface Side {
  readonly subject: PluginSubject;
  readonly digests: SubjectDigests;
  readonly order: TimingOrder;
  readonly first: Timing;
}

/**
 * Compares two builds on one picture.
 *
 * @throws {@link KitError} `FLAG_INVALID` where the two get another model, other settings or other frames, unless forced; and what a plugin does that fails.
 */
export async function compareBuilds(old: PluginSubject, now: PluginSubject, options: CompareBuildsOptions): Promise<BuildComparison> {
  const { rounds = 20, force = false } = options;
  const machine = await describeMachine(old.config, options.env);
  const folder = await mkdtemp(join(tmpdir(), 'mvas-compare-'));
  try {
    const picture = await storePicture(await decodeImage(options.image), folder, 0);
    const a = await openSide(old, picture, options);
    const b = await openSide(now, picture, options);
    const unlike = unlikeness(a, b);
    if (unlike.length > 0 && !force) {
      throw new KitError('FLAG_INVALID', `the two are unlike in more than their library: ${unlike.join(', ')}`, {
        hint: 'compare like with like, or add --force',
      });
    }
    const count = options.iterations ?? fitting(a, b);
    const timed = await timeRounds([a, b], rounds, count, options);
    return comparison({ a, b, machine, unlike, count, timed });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function openSide(subject: PluginSubject, picture: PictureFile, { signal }: CompareBuildsOptions): Promise<Side> {
  const { library, dependencies, model, config } = subject;
  const order = { library, dependencies, model, config, pictures: [picture], frames: [{ picture: 0, kept: true }], phases: [] };
  const phases = [{ name: 'cold', frames: [0], iterations: 5 }];
  return { subject, digests: await digestSubject(subject), order, first: await runTiming({ ...order, phases }, { deadlineMs, signal }) };
}

/** What else than the library could make a difference. */
function unlikeness(a: Side, b: Side): string[] {
  const facts = [
    ['model', a.digests.model, b.digests.model],
    ['settings', a.digests.config, b.digests.config],
    ['pixel format', a.first.info.inputFormat, b.first.info.inputFormat],
  ] as const;
  return facts.flatMap(([fact, one, other]) => (one === other ? [] : [fact]));
}

function eachOf({ first }: Side): number {
  return median(first.phases[0]?.taken.map(({ wall }) => wall) ?? []);
}

function fitting(a: Side, b: Side): number {
  const count = Math.round(processMs / Math.max(eachOf(a), eachOf(b), 1e-4));
  return Math.min(iterations.most, Math.max(iterations.least, count));
}

interface TimedRound {
  readonly old: Timing;
  readonly new: Timing;
}

/** Old and new take turns in who goes first, so that what changes slowly on the machine hits both alike. */
async function timeRounds(
  [a, b]: readonly [Side, Side],
  rounds: number,
  count: number,
  options: CompareBuildsOptions,
): Promise<TimedRound[]> {
  const { warmup = 10, signal, progress } = options;
  const each = (side: Side): number => startMs + (warmup + count) * eachOf(side) + side.first.initMs;
  progress?.(`${rounds} rounds of ${count} inspections of each, about ${((rounds * (each(a) + each(b))) / 1000).toFixed(0)} s`);
  const advance = new Advance(options.onAdvance);
  advance.expect(Array.from({ length: rounds }, () => each(a) + each(b)));
  const time = async (side: Side): Promise<Timing> => {
    const phases = [{ name: 'steady', frames: [0], iterations: count, warmup }];
    return await runTiming({ ...side.order, phases }, { deadlineMs: deadlineMs + 20 * each(side), signal });
  };
  const timed: TimedRound[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [first, second] = round % 2 === 0 ? [a, b] : [b, a];
    const [one, other] = [await time(first), await time(second)];
    timed.push(first === a ? { old: one, new: other } : { old: other, new: one });
    advance.done(1);
  }
  return timed;
}

interface Compared {
  readonly a: Side;
  readonly b: Side;
  readonly machine: Machine;
  readonly unlike: readonly string[];
  readonly count: number;
  readonly timed: readonly TimedRound[];
}

function comparison({ a, b, machine, unlike, count, timed }: Compared): BuildComparison {
  const medianOf = ({ phases }: Timing): number => median(phases[0]?.taken.map(({ wall }) => wall) ?? []);
  const rounds = timed.map((round) => ({ oldMs: medianOf(round.old), newMs: medianOf(round.new) }));
  const old = describeSide(
    a,
    timed.map((round) => round.old),
    rounds.map(({ oldMs }) => oldMs),
  );
  const now = describeSide(
    b,
    timed.map((round) => round.new),
    rounds.map(({ newMs }) => newMs),
  );
  const { kit, host } = reportHead('bench', a.subject, a.digests, a.first.info);
  const decided = (side: ComparedBuild): string => Object.keys(side.decisions).sort().join();
  return {
    schema: 'bench-comparison-v1',
    kit,
    host,
    machine: { ...machine, loadAfter: currentLoad() },
    old,
    new: now,
    ...judgeDifference(rounds),
    unlike,
    sameDecisions: decided(old) === decided(now),
    iterations: count,
    rounds,
  };
}

function describeSide({ subject, digests, first }: Side, timings: readonly Timing[], medians: readonly number[]): ComparedBuild {
  const { plugin, model, config } = reportHead('bench', subject, digests, first.info);
  const decisions: Record<string, number> = {};
  for (const { results } of timings) {
    for (const [decision, times] of Object.entries(results[0]?.decisions ?? {})) decisions[decision] = (decisions[decision] ?? 0) + times;
  }
  return { plugin, model, config, format: first.info.inputFormat, medianMs: median(medians), decisions };
}
