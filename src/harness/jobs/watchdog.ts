// Ends a job that makes no progress, without blaming a plugin for a machine that is busy with other things.
import { performance } from 'node:perf_hooks';
import type { RunningJob } from './fresh-jobs.ts';

/** Far more than a process takes to start on a machine that has hardly any time for it. */
const startingMs = 120_000;
/** Far more than the grace time: a process that has told its result and does not end by then was stopped by its plugin. */
const leavingMs = 10_000;
/** Calls that go on without end are a hang too. */
const mostDeadlines = 30;

/** Watches one job: it is hung when a deadline passes in which no call began or returned. */
export class Watchdog {
  readonly #job: RunningJob;
  readonly #deadlineMs: number;
  #timer: NodeJS.Timeout | undefined;
  #isTold = false;
  #hungMs: number | undefined;

  constructor(job: RunningJob, deadlineMs: number) {
    this.#job = job;
    this.#deadlineMs = deadlineMs;
    this.#wait(startingMs, () => job.kill());
    void job.begun.then(() => this.#watch(deadlineMs, performance.now() + mostDeadlines * deadlineMs));
    void job.told.then(() => {
      this.#isTold = true;
      this.#wait(leavingMs, () => this.#hang(leavingMs));
    });
  }

  /** The time after which the job was killed as hung; undefined where it was not. */
  get hungMs(): number | undefined {
    return this.#hungMs;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Looks again when the deadline would be over, and gives it anew where something happened. */
  #watch(inMs: number, endAt: number): void {
    if (this.#isTold) return;
    this.#wait(inMs, () => {
      void this.#job.idleMs().then((idleMs) => {
        const left = this.#deadlineMs - idleMs;
        if (left > 0 && performance.now() < endAt) this.#watch(left, endAt);
        else if (!this.#isTold) this.#hang(left > 0 ? mostDeadlines * this.#deadlineMs : this.#deadlineMs);
      });
    });
  }

  #hang(ms: number): void {
    this.#hungMs = ms;
    this.#job.kill();
  }

  #wait(ms: number, act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, ms);
  }
}
