// Runs jobs in this very process: for a debugger that shall stop where the plugin goes wrong.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Job, JobOutcome, JobRunner } from '../job.ts';
import { JobReader, JobWriter } from './job-channel.ts';

/** One job after the other; all of them see the same loaded plugin. */
export class InProcessRunner implements JobRunner {
  readonly kind = 'in-process';
  readonly #folder: string;
  readonly #preload: string | undefined;
  #before: Promise<unknown> = Promise.resolve();
  #number = 0;

  constructor(folder: string, preload: string | undefined) {
    this.#folder = folder;
    this.#preload = preload;
  }

  run(job: Job): Promise<JobOutcome> {
    const turn = this.#before.then(() => this.#run(job));
    this.#before = turn.catch(() => undefined);
    return turn;
  }

  place(path: string): string {
    return path;
  }

  async close(): Promise<void> {
    await this.#before;
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #run({ module, uses, input }: Job): Promise<JobOutcome> {
    // loaded only here, so that a program which never runs a job in its own process has no FFI
    const { importJob, runJob } = await import('./run-job.ts');
    const { bindingUnder } = await import('../native/prepare-process.ts');
    const start = performance.now();
    const reader = new JobReader();
    const scratchFolder = join(this.#folder, String(++this.#number));
    const writer = new JobWriter((bytes) => void reader.add(bytes));
    try {
      const order = { module, input, scratchFolder, graceMs: 0, ...(uses === undefined ? {} : { uses }) };
      runJob(await importJob(order), order, writer, bindingUnder(this.#preload));
    } catch (error) {
      writer.end({ kind: 'broken', error: String(error) });
    }
    await rm(scratchFolder, { recursive: true, force: true });
    const rest = { calls: reader.calls, output: { stdout: '', stderr: '' }, durationMs: performance.now() - start };
    return reader.word?.kind === 'value'
      ? { kind: 'completed', value: reader.word.value, ...rest }
      : { kind: 'broken', error: reader.word?.error ?? 'the job said nothing', ...rest };
  }
}
