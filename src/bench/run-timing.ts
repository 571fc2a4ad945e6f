// Runs the timing in a fresh process of its own and turns every other end into an error.
import { KitError } from '../core/kit-error.ts';
import { compiledModule } from '../core/kit-version.ts';
import type { JobOutcome } from '../harness/job.ts';
import { startJobRunner } from '../harness/jobs/start-job-runner.ts';
import { describeEnding, PluginDeath } from '../harness/plugin-errors.ts';
import type { BenchFailure, BenchMeasurement, BenchOrder } from './bench-entry.ts';

const module = compiledModule('bench/bench-entry.js').href;

/**
 * Times a plugin as ordered.
 *
 * @throws {@link KitError} `PLUGIN_FAILED`, `PLUGIN_CRASHED`, `PLUGIN_HUNG` after `deadlineMs`, `INTERRUPTED`.
 */
export async function runTiming(order: BenchOrder, deadlineMs: number, signal?: AbortSignal): Promise<BenchMeasurement> {
  const runner = await startJobRunner({ slots: 1, modules: [], fresh: true, ...(signal ? { signal } : {}) });
  try {
    return measurementOf(order.library, await runner.run({ module, input: order, deadlineMs }));
  } finally {
    await runner.close();
  }
}

function measurementOf(library: string, outcome: JobOutcome): BenchMeasurement {
  if (outcome.kind === 'broken') throw new Error(outcome.error);
  if (outcome.kind !== 'completed') throw death(library, outcome);
  const value = outcome.value as BenchMeasurement | BenchFailure;
  if ('failure' in value)
    throw new KitError('PLUGIN_FAILED', `${library}: ${value.failure}`, { hint: 'try it on one picture: mvas infer' });
  return value;
}

function death(library: string, outcome: Extract<JobOutcome, { kind: 'crashed' | 'exited' | 'hung' }>): KitError {
  const known = new PluginDeath(library, outcome, outcome.calls.at(-1), outcome.output);
  const wrote = outcome.output.stderr.trim().split('\n').slice(-3).join('\n');
  return new KitError(known.code, `${library} ${describeEnding(outcome)} while it was timed${wrote === '' ? '' : `; it wrote: ${wrote}`}`, {
    cause: known,
    hint: 'find the call with: mvas golden, or mvas conform',
  });
}
