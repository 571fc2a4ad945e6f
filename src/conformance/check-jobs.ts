// Makes single checks in processes of their own and reads from their ends what happened.
import { compiledModule } from '../core/kit-version.ts';
import type { JobOutcome, JobRunner } from '../harness/job.ts';
import { describeCall, describeEnding } from '../harness/plugin-errors.ts';
import type { CallCheck } from './check.ts';
import type { CheckJobInput, CheckJobValue } from './check-job.ts';
import type { Outcome } from './judge.ts';
import type { ProbeFacts } from './probe.ts';
import type { Subject } from './subject.ts';
import type { FrameKind } from './test-image.ts';

/** The module that the processes load. */
export const checkJobModule = compiledModule('conformance/check-job.js').href;

/** Runs checks of one plugin. */
export class CheckJobs {
  readonly #runner: JobRunner;
  readonly #subject: Subject;
  readonly #seed: number;

  constructor(runner: JobRunner, subject: Subject, seed: number) {
    this.#runner = runner;
    this.#subject = subject;
    this.#seed = seed;
  }

  /** Runs the probe; undefined when the plugin did not survive it. */
  async probe(frame: FrameKind, deadlineMs: number): Promise<ProbeFacts | undefined> {
    const outcome = await this.#run('probe', frame, deadlineMs, false);
    return outcome.kind === 'completed' ? (outcome.value as ProbeFacts) : undefined;
  }

  /** Runs a check, and says how long its process took. */
  async check(check: CallCheck, frame: FrameKind, deadlineMs: number): Promise<{ outcome: Outcome; durationMs: number }> {
    const outcome = await this.#run(check.id, frame, deadlineMs, check.isolation === 'fresh');
    return { outcome: read(outcome), durationMs: outcome.durationMs };
  }

  #run(id: string, frame: FrameKind, deadlineMs: number, fresh: boolean): Promise<JobOutcome> {
    const { library, model, config } = this.#subject;
    const input: CheckJobInput = { id, library, model, config: config.json, seed: this.#seed, frame };
    return this.#runner.run({ module: checkJobModule, input, deadlineMs, fresh });
  }
}

function read(outcome: JobOutcome): Outcome {
  if (outcome.kind === 'broken') return { broken: outcome.error };
  if (outcome.kind === 'completed') {
    const value = outcome.value as Exclude<CheckJobValue, ProbeFacts>;
    return 'skip' in value ? value : value.findings;
  }
  const last = outcome.calls.at(-1);
  const call = last === undefined ? undefined : describeCall(last);
  const written = outcome.output.stderr.trim().split('\n').slice(-3).join(' | ').slice(-400);
  return {
    death: { crashed: 'crash', hung: 'hang', exited: 'exited' }[outcome.kind] as 'crash' | 'hang' | 'exited',
    message: `the plugin ${describeEnding(outcome)}${call === undefined ? ' before the first call' : ` ${call}`}${written === '' ? '' : `; it wrote: ${written}`}`,
    ...(call === undefined ? {} : { call }),
  };
}
