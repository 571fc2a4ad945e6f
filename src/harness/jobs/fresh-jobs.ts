// The process of a job, started for it: everywhere.
import { compiledModule } from '../../core/kit-version.ts';
import { type Exit, WatchedChild } from '../host/child-process.ts';
import type { OtherNode } from '../launcher.ts';
import { completedExit, JobReader, type JobWord } from './job-channel.ts';
import { quietV8 } from './quiet-v8.ts';
import type { JobOrder } from './run-job.ts';
import type { JobEnd } from './zygote-messages.ts';

/** A job that has been started, by whichever means. */
export interface RunningJob {
  /** Resolves when the process has been given its order, or is gone: a slow start is not the plugin's. */
  readonly begun: Promise<void>;
  /** Resolves when the function has returned, or when the process is gone. */
  readonly told: Promise<void>;
  readonly ended: Promise<JobEnd>;
  /** Whether its process has done other jobs before. */
  readonly isShared?: boolean | undefined;
  kill(): void;
  /** Milliseconds since a call began or returned. */
  idleMs(): Promise<number>;
}

const notStarted: JobWord = { kind: 'broken', error: 'the process of the job did not start' };

/** Where and how a fresh process is started. */
export interface FreshOptions {
  /** A file with the entry and the modules of its jobs. */
  readonly bundle: URL | undefined;
  /** Replaces the parent's environment. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  readonly node: OtherNode | undefined;
}

/** A process that takes orders. */
export class JobProcess {
  readonly #child: WatchedChild;
  readonly #ready: Promise<void>;
  #isReady = false;
  #reader = new JobReader();
  #told: () => void = () => undefined;
  #left: () => void = () => undefined;
  #orders = 0;

  constructor({ bundle, env, node }: FreshOptions) {
    const entry = bundle ?? compiledModule('harness/jobs/job-entry.js');
    this.#child = new WatchedChild(entry, { args: ['job'], env, execArgv: quietV8, node, extra: ['pipe'] });
    const channel = this.#child.child.stdio[4] as NodeJS.ReadableStream | null | undefined;
    channel?.on('data', (chunk: Buffer) => this.#read(chunk));
    this.#ready = new Promise((resolve) => {
      this.#child.child.on('message', (message) => {
        if (message !== 'ready') return;
        this.#isReady = true;
        resolve();
      });
      void this.ended.then(() => resolve());
    });
  }

  /** Resolves when the process is gone. */
  get ended(): Promise<Exit> {
    return this.#child.ended;
  }

  /** Whether it waits for a job: the last one stayed, and nothing of it is left. */
  get isFree(): boolean {
    return this.#reader.isFree;
  }

  /** Gives it a job; one that stays has ended when the process is free, or gone. */
  give(order: JobOrder): RunningJob {
    const reader = new JobReader();
    this.#reader = reader;
    const told = new Promise<void>((resolve) => {
      this.#told = resolve;
      void this.ended.then(() => resolve());
    });
    const left = new Promise<void>((resolve) => {
      this.#left = resolve;
    });
    const begun = this.#ready.then(() => this.#child.send(order));
    const end = (exit: Exit | undefined): JobEnd => ({
      exit: exit === undefined || reader.isHeld ? { kind: 'exited', code: completedExit } : exit,
      isHeld: reader.isHeld,
      word: this.#isReady ? reader.word : notStarted,
      calls: reader.calls,
      output: this.#child.output,
    });
    const ended = Promise.race([left, this.ended]).then((exit) => end(exit ?? undefined));
    return { begun, told, ended, isShared: this.#orders++ > 0, kill: () => this.kill(), idleMs: async () => reader.idleMs };
  }

  kill(): void {
    void this.#child.kill();
  }

  #read(chunk: Buffer): void {
    if (this.#reader.add(chunk)) this.#told();
    if (this.#reader.isFree) this.#left();
  }
}

/** Starts a fresh process for a job. */
export function startFreshJob(order: JobOrder, options: FreshOptions): RunningJob {
  return new JobProcess(options).give(order);
}
