// Runs jobs in copies of a prepared process, or in fresh ones, and says what became of each.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { KitError } from '../../core/kit-error.ts';
import type { Job, JobOutcome, JobRunner, JobRunnerOptions } from '../job.ts';
import type { Launcher } from '../launcher.ts';
import { type RunningJob, startFreshJob } from './fresh-jobs.ts';
import { InProcessRunner } from './in-process-runner.ts';
import { completedExit } from './job-channel.ts';
import type { JobOrder } from './run-job.ts';
import { Slots } from './slots.ts';
import { startZygote } from './start-zygote.ts';
import { Watchdog } from './watchdog.ts';
import type { Zygote } from './zygote.ts';
import type { JobEnd } from './zygote-messages.ts';

const graceMs = 50;

/** Readies a runner. With `fresh`, or where processes cannot be copied, every job gets a process of its own. */
export async function startJobRunner(options: JobRunnerOptions): Promise<JobRunner> {
  const folder = await mkdtemp(join(tmpdir(), 'mvas-jobs-'));
  if (options.inProcess) return new InProcessRunner(folder, options.env?.['LD_PRELOAD']);
  const zygote = options.fresh ? undefined : await startZygote(options.modules, options.launcher);
  return new Runner(options, folder, zygote);
}

class Runner implements JobRunner {
  readonly kind: JobRunner['kind'];
  readonly #slots: Slots;
  readonly #folder: string;
  readonly #zygote: Zygote | undefined;
  readonly #modules: ReadonlySet<string>;
  readonly #signal: AbortSignal | undefined;
  readonly #env: JobRunnerOptions['env'];
  readonly #launcher: Launcher | undefined;
  readonly #running = new Set<RunningJob>();
  #number = 0;

  constructor({ slots, modules, signal, env, launcher }: JobRunnerOptions, folder: string, zygote: Zygote | undefined) {
    this.kind = zygote === undefined ? 'fresh' : 'zygote';
    this.#slots = new Slots(slots);
    this.#folder = folder;
    this.#zygote = zygote;
    this.#modules = new Set(modules);
    this.#signal = signal;
    this.#env = env;
    this.#launcher = launcher;
    signal?.addEventListener('abort', this.#killAll);
  }

  async run(job: Job): Promise<JobOutcome> {
    const release = await this.#slots.take();
    const scratchFolder = join(this.#folder, String(++this.#number));
    try {
      return await this.#runIn(job, scratchFolder, release);
    } finally {
      release();
      await rm(scratchFolder, { recursive: true, force: true });
    }
  }

  async close(): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#killAll);
    this.#killAll();
    await Promise.all([...this.#running].map(({ ended }) => ended));
    await this.#zygote?.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  readonly #killAll = (): void => {
    for (const running of this.#running) running.kill();
  };

  async #runIn(job: Job, scratchFolder: string, release: () => void): Promise<JobOutcome> {
    this.#demandWanted();
    const order: JobOrder = {
      module: job.module,
      ...(job.uses === undefined ? {} : { uses: job.uses }),
      input: job.input,
      scratchFolder,
      graceMs,
      ...(job.leave === undefined ? {} : { leave: job.leave }),
    };
    const start = performance.now();
    const running = this.#start(job, order);
    this.#running.add(running);
    const watchdog = new Watchdog(running, job.deadlineMs);
    void running.told.then(release);
    const end = await running.ended;
    watchdog.stop();
    this.#running.delete(running);
    this.#demandWanted();
    return outcomeOf(end, watchdog.hungMs, performance.now() - start);
  }

  #start(job: Job, order: JobOrder): RunningJob {
    const copied = this.#zygote?.alive && !job.fresh && job.env === undefined && job.leave !== 'by exit' && this.#isReady(job);
    if (this.#zygote === undefined || !copied) return startFreshJob(order, job.env && this.#withOwn(job.env), this.#launcher);
    return orFresh(this.#zygote.run(order), order, this.#launcher);
  }

  #isReady({ module, uses = [] }: Job): boolean {
    return [module, ...uses].every((url) => this.#modules.has(url));
  }

  #withOwn(added: NonNullable<Job['env']>): NonNullable<JobRunnerOptions['env']> {
    if (this.#env === undefined) throw new TypeError('a job with variables of its own needs the runner to know the environment');
    return { ...this.#env, ...added };
  }

  #demandWanted(): void {
    if (this.#signal?.aborted) throw new KitError('INTERRUPTED', 'the work with the plugin was interrupted');
  }
}

/** A job whose zygote was lost starts again in a process of its own. */
function orFresh(copied: ReturnType<Zygote['run']>, order: JobOrder, launcher: Launcher | undefined): RunningJob {
  let current: Pick<RunningJob, 'kill' | 'idleMs'> = copied;
  const again = copied.ended.then((end) => {
    if (end !== undefined) return end;
    const fresh = startFreshJob(order, undefined, launcher);
    current = fresh;
    return fresh.ended;
  });
  return { begun: copied.begun, told: copied.told, ended: again, kill: () => current.kill(), idleMs: () => current.idleMs() };
}

function outcomeOf({ exit, word, calls, output }: JobEnd, hungMs: number | undefined, durationMs: number): JobOutcome {
  const rest = { calls, output, durationMs };
  if (hungMs !== undefined) return { kind: 'hung', ms: hungMs, ...rest };
  if (word?.kind === 'broken') return { kind: 'broken', error: word.error, ...rest };
  if (word !== undefined && exit.kind === 'exited' && exit.code === completedExit) return { kind: 'completed', value: word.value, ...rest };
  return { ...exit, ...rest };
}
