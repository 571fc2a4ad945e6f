// Runs one job's function in this process, and leaves the process without running anything of the plugin's any more.
import { mkdirSync } from 'node:fs';
import { platform } from 'node:os';
import type { Job, JobContext, JobFunction } from '../job.ts';
import { systemFunction } from '../native/c-functions.ts';
import { captureOutput } from '../native/captured-output.ts';
import { loadLibrary } from '../native/load-library.ts';
import { type Journal, openRawPlugin } from '../native/open-raw-plugin.ts';
import { processMemory } from '../native/process-memory.ts';
import { processProbes } from '../native/process-probes.ts';
import type { OpenRawOptions } from '../raw-plugin.ts';
import { completedExit, descriptorSink, JobWriter } from './job-channel.ts';

/** What the process of a job is told. */
export interface JobOrder {
  readonly module: string;
  readonly input: unknown;
  /** Where the job's own folder may be made. */
  readonly scratchFolder: string;
  /** A crash on a background thread shows within this time after the job's end. */
  readonly graceMs: number;
  /** Only a fresh process can leave by exit. */
  readonly leave?: Job['leave'];
}

/** The function that a job's module exports as `run`. */
export async function importJob(module: string): Promise<JobFunction> {
  const { run } = (await import(module)) as { run?: unknown };
  if (typeof run !== 'function') throw new TypeError(`${module} exports no function run`);
  return run as JobFunction;
}

/** Runs the job, tells its value or error, waits out the grace time and ends the process. */
export function runJobAndLeave(run: JobFunction, order: JobOrder, channel: number, binding: OpenRawOptions): never {
  runJob(run, order, new JobWriter(descriptorSink(channel)), binding);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, order.graceMs);
  return leaveProcess(completedExit);
}

/** Runs the job and tells its value or error; `binding` is how its plugins are loaded unless it says otherwise. */
export function runJob(run: JobFunction, order: JobOrder, writer: JobWriter, binding: OpenRawOptions): void {
  try {
    const value = run(contextOf(order, writer, binding), order.input);
    writer.end({ kind: 'value', value });
  } catch (thrown) {
    writer.end({ kind: 'broken', error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
  }
}

function contextOf({ scratchFolder }: JobOrder, writer: JobWriter, binding: OpenRawOptions): JobContext {
  const journal: Journal = (name, phase, describe) => {
    if (phase === 'inside') writer.call(name, describe());
    else writer.returned();
  };
  const folder = () => {
    mkdirSync(scratchFolder, { recursive: true });
    return scratchFolder;
  };
  return {
    open: (library, options = {}) => openRawPlugin(library, { ...binding, ...options }, journal),
    memory: processMemory(
      () => writer.reading(),
      () => writer.returned(),
    ),
    process: processProbes,
    annotate: (words) => writer.annotate(words),
    captured: (work) => captureOutput(folder(), work),
    get scratchFolder() {
      return folder();
    },
  };
}

/** Ends the process at once: no exit handlers, no destructors. */
function leaveProcess(code: number): never {
  if (platform() === 'win32') {
    const kernel = loadLibrary('kernel32.dll');
    const current = kernel.func('GetCurrentProcess', 'void *', [])();
    kernel.func('TerminateProcess', 'int', ['void *', 'uint32_t'])(current, code);
  } else {
    systemFunction<(code: number) => void>('_exit', 'void', ['int'])(code);
  }
  throw new Error('the process could not be ended');
}
