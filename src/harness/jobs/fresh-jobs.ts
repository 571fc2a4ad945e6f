// Runs each job in a process of its own, started for it: everywhere.
import { compiledModule } from '../../core/kit-version.ts';
import { type Exit, WatchedChild } from '../host/child-process.ts';
import type { Launcher } from '../launcher.ts';
import { JobReader, type JobWord } from './job-channel.ts';
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
  kill(): void;
  /** Milliseconds since a call began or returned. */
  idleMs(): Promise<number>;
}

/** Starts a fresh process for a job; `env` replaces the parent's environment. */
export function startFreshJob(
  order: JobOrder,
  env: Readonly<Record<string, string | undefined>> | undefined,
  launcher: Launcher | undefined,
): RunningJob {
  const child = new WatchedChild(compiledModule('harness/jobs/job-entry.js'), { env, execArgv: quietV8, launcher, extra: ['pipe'] });
  const reader = new JobReader();
  const channel = child.child.stdio[4] as NodeJS.ReadableStream | null | undefined;
  const told = new Promise<void>((resolve) => {
    channel?.on('data', (chunk: Buffer) => {
      if (reader.add(chunk)) resolve();
    });
    void child.ended.then(() => resolve());
  });
  let isReady = false;
  const begun = new Promise<void>((resolve) => {
    child.child.on('message', (message) => {
      if (message !== 'ready') return;
      isReady = true;
      child.send(order);
      resolve();
    });
    void child.ended.then(() => resolve());
  });
  const notStarted: JobWord = { kind: 'broken', error: 'the process of the job did not start' };
  const end = (exit: Exit): JobEnd => ({ exit, word: isReady ? reader.word : notStarted, calls: reader.calls, output: child.output });
  return { begun, told, ended: child.ended.then(end), kill: () => void child.kill(), idleMs: async () => reader.idleMs };
}
