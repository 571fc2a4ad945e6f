// The parent's side of the process that jobs are copied from.
import { compiledModule } from '../../core/kit-version.ts';
import { WatchedChild } from '../host/child-process.ts';
import type { JobRunnerOptions } from '../job.ts';
import { type OtherNode, slowdownOf } from '../launcher.ts';
import type { RunningJob } from './fresh-jobs.ts';
import { quietV8 } from './quiet-v8.ts';
import type { JobOrder } from './run-job.ts';
import type { Use } from './use-once.ts';
import type { JobEnd, ZygoteReply } from './zygote-messages.ts';

interface Waiting {
  idle(ms: number): void;
  told(): void;
  ended(end: JobEnd | undefined): void;
}

const startMs = 10_000;

/** Makes copies for jobs; when it dies, so do they, and `ended` of each is undefined. */
export class Zygote {
  readonly #child: WatchedChild;
  readonly #startMs: number;
  readonly #jobs = new Map<number, Waiting>();
  readonly #modules: JobRunnerOptions['modules'];
  #id = 0;
  #alive = true;
  #used: (use: Use) => void = () => undefined;

  constructor(modules: JobRunnerOptions['modules'], node: OtherNode | undefined) {
    const entry = modules instanceof URL ? modules : compiledModule('harness/jobs/zygote-entry.js');
    this.#modules = modules;
    this.#startMs = startMs * slowdownOf(node);
    this.#child = new WatchedChild(entry, { args: ['zygote'], execArgv: quietV8, node });
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Waits until it is up and has imported the modules. Throws when either fails. */
  async start(): Promise<void> {
    const modules = this.#modules instanceof URL ? 'provided' : this.#modules;
    const late = setTimeout(() => void this.#child.kill(), this.#startMs);
    const error = await new Promise<string | undefined>((resolve) => {
      this.#child.child.on('message', (reply: ZygoteReply) => {
        if (reply.kind === 'ready') this.#child.send({ kind: 'prepare', modules });
        else if (reply.kind === 'prepared') resolve(reply.error);
        else if (reply.kind === 'used') this.#used(reply.use);
        else this.#take(reply);
      });
      void this.#child.ended.then(() => {
        this.#died();
        resolve(`the zygote ended: ${this.#child.output.stderr}`);
      });
    });
    clearTimeout(late);
    if (error !== undefined) throw new Error(error);
  }

  /** Runs a job in the zygote itself. */
  async use(order: JobOrder, deadlineMs: number): Promise<Use> {
    const late = setTimeout(() => void this.#child.kill(), deadlineMs);
    const use = await new Promise<Use>((resolve) => {
      this.#used = resolve;
      void this.#child.ended.then(() => resolve({ obstacle: 'it ended the process' }));
      this.#child.send({ kind: 'use', order });
    });
    clearTimeout(late);
    return use;
  }

  /** Starts a job in a copy. `ended` is undefined when the zygote itself is lost. */
  run(order: JobOrder): Omit<RunningJob, 'ended'> & { readonly ended: Promise<JobEnd | undefined> } {
    const id = ++this.#id;
    const waiting: Partial<Waiting> = {};
    const told = new Promise<void>((resolve) => {
      waiting.told = resolve;
    });
    const ended = new Promise<JobEnd | undefined>((resolve) => {
      waiting.ended = resolve;
    });
    this.#jobs.set(id, waiting as Waiting);
    if (this.#alive) this.#child.send({ kind: 'run', id, order });
    else this.#died();
    const idleMs = () =>
      new Promise<number>((resolve) => {
        waiting.idle = resolve;
        this.#child.send({ kind: 'idle', id });
      });
    return {
      begun: Promise.resolve(),
      told,
      ended,
      isShared: order.leave === 'clean',
      kill: () => this.#child.send({ kind: 'kill', id }),
      idleMs,
    };
  }

  /** Ends it and every copy. */
  async close(): Promise<void> {
    this.#alive = false;
    this.#child.child.disconnect();
    const late = setTimeout(() => void this.#child.kill(), 1000);
    await this.#child.ended;
    clearTimeout(late);
  }

  #take(reply: Extract<ZygoteReply, { id: number }>): void {
    const job = this.#jobs.get(reply.id);
    if (reply.kind === 'idle') job?.idle(reply.idleMs);
    else job?.told();
    if (reply.kind !== 'ended') return;
    this.#jobs.delete(reply.id);
    job?.ended(reply.end);
  }

  #died(): void {
    this.#alive = false;
    for (const job of this.#jobs.values()) {
      job.told();
      job.ended(undefined);
    }
    this.#jobs.clear();
  }
}
