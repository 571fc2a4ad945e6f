// Runs jobs in copies of a prepared process, or in fresh ones, and says what became of each.
import { mkdtemp, rm } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { KitError } from '../../core/kit-error.ts';
import type { Job, JobOutcome, JobRunner, JobRunnerOptions } from '../job.ts';
import type { OtherNode } from '../launcher.ts';
import { type FreshOptions, type RunningJob, startFreshJob } from './fresh-jobs.ts';
import { InProcessRunner } from './in-process-runner.ts';
import { completedExit } from './job-channel.ts';
import { LibraryZygote } from './library-zygote.ts';
import { inModules } from './module-positions.ts';
import type { JobOrder } from './run-job.ts';
import { SharedProcesses } from './shared-jobs.ts';
import { Slots } from './slots.ts';
import { startZygote } from './start-zygote.ts';
import { Watchdog } from './watchdog.ts';
import { startWine } from './wine-runner.ts';
import type { Zygote } from './zygote.ts';
import type { JobEnd } from './zygote-messages.ts';

const graceMs = 50;

/** Readies a runner. With `fresh`, or where processes cannot be copied, every job gets a process of its own. */
export async function startJobRunner(options: JobRunnerOptions): Promise<JobRunner> {
  const { launcher } = options;
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'mvas-jobs-')));
  if (launcher?.kind === 'wine') return await startWine(launcher, options, folder);
  if (options.inProcess) return new InProcessRunner(folder, options.env?.['LD_PRELOAD']);
  const zygote = options.fresh || options.shared ? undefined : await startZygote(options.modules, launcher);
  return new Runner({ ...options, launcher }, folder, zygote);
}

type OwnOptions = Omit<JobRunnerOptions, 'launcher'> & { readonly launcher: OtherNode | undefined };

class Runner implements JobRunner {
  readonly kind: JobRunner['kind'];
  readonly #slots: Slots;
  readonly #folder: string;
  readonly #zygote: Zygote | undefined;
  readonly #modules: JobRunnerOptions['modules'];
  readonly #fresh: FreshOptions;
  readonly #signal: AbortSignal | undefined;
  readonly #env: JobRunnerOptions['env'];
  readonly #shared: SharedProcesses | undefined;
  readonly #running = new Set<RunningJob>();
  readonly #libraries = new Set<LibraryZygote>();
  #number = 0;

  constructor({ slots, modules, signal, env, launcher, shared, fresh }: OwnOptions, folder: string, zygote: Zygote | undefined) {
    const bundle = modules instanceof URL ? modules : undefined;
    this.#shared = shared && !fresh ? new SharedProcesses({ bundle, node: launcher }) : undefined;
    this.kind = this.#shared !== undefined ? 'shared' : zygote === undefined ? 'fresh' : 'zygote';
    this.#slots = new Slots(slots);
    this.#folder = folder;
    this.#zygote = zygote;
    this.#modules = modules;
    this.#fresh = { bundle, node: launcher };
    this.#signal = signal;
    this.#env = env;
    signal?.addEventListener('abort', this.#killAll);
  }

  async run(job: Job): Promise<JobOutcome> {
    const zygote = await this.#zygoteFor(job);
    const release = await this.#slots.take();
    const scratchFolder = this.#newFolder();
    try {
      return await this.#runIn(job, zygote, scratchFolder, release);
    } finally {
      release();
      await removeFolder(scratchFolder);
    }
  }

  readyLibraries(job: Job): LibraryZygote | undefined {
    if (this.#zygote === undefined) return undefined;
    const libraries = new LibraryZygote(this.#modules, this.#fresh.node, orderOf(job, this.#newFolder()), job.deadlineMs);
    this.#libraries.add(libraries);
    return libraries;
  }

  place(path: string): string {
    return path;
  }

  async close(): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#killAll);
    this.#killAll();
    await Promise.all([...this.#running].map(({ ended }) => ended));
    await Promise.all([this.#zygote?.close(), ...[...this.#libraries].map((libraries) => libraries.close())]);
    await this.#shared?.close();
    await removeFolder(this.#folder);
  }

  readonly #killAll = (): void => {
    for (const running of this.#running) running.kill();
  };

  #newFolder(): string {
    return join(this.#folder, String(++this.#number));
  }

  /** What to copy for a job; undefined where it gets a process of another kind. */
  async #zygoteFor(job: Job): Promise<Zygote | undefined> {
    if (this.#zygote === undefined || !isPlain(job) || !this.#isReady(job)) return undefined;
    const ready = job.libraries instanceof LibraryZygote ? await job.libraries.zygote() : undefined;
    return [ready, this.#zygote].find((zygote) => zygote?.alive);
  }

  async #runIn(job: Job, zygote: Zygote | undefined, scratchFolder: string, release: () => void): Promise<JobOutcome> {
    this.#demandWanted();
    const plain = orderOf(job, scratchFolder);
    const isReady = zygote !== undefined && zygote !== this.#zygote;
    const order: JobOrder = isReady && job.shares?.() ? { ...plain, leave: 'clean' } : plain;
    const start = performance.now();
    const running = this.#start(job, zygote, order);
    this.#running.add(running);
    const watchdog = new Watchdog(running, job.deadlineMs);
    // a process that is shared comes back with its slot, or the next job would start another
    if (this.#shared === undefined) void running.told.then(release);
    const end = await running.ended;
    watchdog.stop();
    this.#running.delete(running);
    this.#demandWanted();
    const outcome = this.#inModules(outcomeOf(end, watchdog.hungMs, performance.now() - start));
    return running.isShared ? { ...outcome, isShared: true } : outcome;
  }

  #start(job: Job, zygote: Zygote | undefined, order: JobOrder): RunningJob {
    if (zygote !== undefined) return orFresh(zygote.run(order), order, this.#fresh);
    if (this.#shared !== undefined && isPlain(job)) return this.#shared.run(order);
    return startFreshJob(order, { ...this.#fresh, env: job.env && this.#withOwn(job.env) });
  }

  /** Whether a zygote has imported what a job needs; a bundle has everything. */
  #isReady({ module, uses = [] }: Job): boolean {
    const imported = this.#modules;
    return imported instanceof URL || [module, ...uses].every((url) => imported.includes(url));
  }

  #inModules(outcome: JobOutcome): JobOutcome {
    const { bundle } = this.#fresh;
    return outcome.kind === 'broken' && bundle !== undefined ? { ...outcome, error: inModules(outcome.error, bundle) } : outcome;
  }

  #withOwn(added: NonNullable<Job['env']>): NonNullable<JobRunnerOptions['env']> {
    if (this.#env === undefined) throw new TypeError('a job with variables of its own needs the runner to know the environment');
    return { ...this.#env, ...added };
  }

  #demandWanted(): void {
    if (this.#signal?.aborted) throw new KitError('INTERRUPTED', 'the work with the plugin was interrupted');
  }
}

/** Whether it needs no process of its own kind. */
function isPlain({ fresh, env, leave }: Job): boolean {
  return !fresh && env === undefined && leave !== 'by exit';
}

function orderOf({ module, uses, input, leave }: Job, scratchFolder: string): JobOrder {
  const more = { ...(uses === undefined ? {} : { uses }), ...(leave === undefined ? {} : { leave }) };
  return { module, input, scratchFolder, graceMs, ...more };
}

/** Windows keeps a library that a process still has: such a file goes with the folder of all jobs, or stays in the temporary folder. */
async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: platform() === 'win32' ? 2 : 0 }).catch((error: unknown) => {
    if (platform() !== 'win32') throw error;
  });
}

/** A job whose zygote was lost starts again in a process of its own. */
function orFresh(copied: ReturnType<Zygote['run']>, order: JobOrder, options: FreshOptions): RunningJob {
  let current: Pick<RunningJob, 'kill' | 'idleMs'> = copied;
  const again = copied.ended.then((end) => {
    if (end !== undefined) return end;
    const fresh = startFreshJob(order, options);
    current = fresh;
    return fresh.ended;
  });
  const { begun, told, isShared } = copied;
  return { begun, told, ended: again, isShared, kill: () => current.kill(), idleMs: () => current.idleMs() };
}

function outcomeOf({ exit, isHeld, word, calls, output }: JobEnd, hungMs: number | undefined, durationMs: number): JobOutcome {
  const rest = { calls, output, durationMs };
  if (hungMs !== undefined && !isHeld) return { kind: 'hung', ms: hungMs, ...rest };
  if (word?.kind === 'broken') return { kind: 'broken', error: word.error, ...rest };
  if (word !== undefined && exit.kind === 'exited' && exit.code === completedExit) return { kind: 'completed', value: word.value, ...rest };
  return { ...exit, ...rest };
}
