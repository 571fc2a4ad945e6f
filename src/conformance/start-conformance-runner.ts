// Readies the processes that checks are made in, and loads no check for it: they start while the rest of the program loads.
import { availableParallelism } from 'node:os';
import { compiledModule } from '../core/kit-version.ts';
import type { JobRunner } from '../harness/job.ts';
import { startJobRunner } from '../harness/jobs/start-job-runner.ts';
import type { Launcher } from '../harness/launcher.ts';

/** What the build makes of all modules that run in those processes. */
const bundle = compiledModule('conformance/jobs.cjs');

/** What checks are made in. */
export interface RunnerSettings {
  /** Checks at the same time; default: as many as there are cores. */
  readonly jobs?: number | undefined;
  /** Starts a fresh process for every check. */
  readonly fresh?: boolean | undefined;
  /** Makes the checks in this process, one after the other: for debuggers; a crash ends it. */
  readonly inProcess?: boolean | undefined;
  /** Makes the checks in another Node than this one, for a library of another platform. */
  readonly launcher?: Launcher | undefined;
  readonly signal?: AbortSignal | undefined;
  /** This process's environment, for checks that add variables of their own; without it they are not made. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/** Readies what checks are made in; several runs can use it one after the other. */
export function startConformanceRunner(options: RunnerSettings): Promise<JobRunner> {
  const { jobs = availableParallelism(), fresh = false, inProcess = false, launcher, signal, env } = options;
  const given = { ...(signal === undefined ? {} : { signal }), ...(env === undefined ? {} : { env }) };
  return startJobRunner({ slots: jobs, modules: bundle, fresh, inProcess, launcher, ...given });
}
