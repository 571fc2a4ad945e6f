// Runs one job's function in this process, and leaves the process without running anything of the plugin's any more.
import { mkdirSync } from 'node:fs';
import { platform } from 'node:os';
import type { Job, JobContext, JobFunction } from '../job.ts';
import { systemFunction } from '../native/c-functions.ts';
import { captureOutput } from '../native/captured-output.ts';
import { isInProcess, loadLibrary } from '../native/load-library.ts';
import { type Journal, openRawPlugin } from '../native/open-raw-plugin.ts';
import { processMemory } from '../native/process-memory.ts';
import { processProbes } from '../native/process-probes.ts';
import type { OpenRawOptions, RawPlugin } from '../raw-plugin.ts';
import { importModule } from './import-module.ts';
import { completedExit, descriptorSink, type JobWord, JobWriter } from './job-channel.ts';

/** What the process of a job is told. */
export interface JobOrder {
  readonly module: string;
  readonly uses?: Job['uses'];
  readonly input: unknown;
  /** Where the job's own folder may be made. */
  readonly scratchFolder: string;
  /** A crash on a background thread shows within this time after the job's end. */
  readonly graceMs: number;
  /** Only a fresh process can leave by exit; one that stays waits for the next order, and so does a copy that is clean. */
  readonly leave?: Job['leave'] | 'stay' | 'clean';
}

/** What a job's process has imported, by the modules' URLs. */
export class ImportedModules {
  readonly #namespaces = new Map<string, unknown>();

  /** Imports what is not there yet. */
  async add(modules: readonly string[]): Promise<void> {
    for (const module of modules) if (!this.#namespaces.has(module)) this.#namespaces.set(module, await importModule(module));
  }

  /** The function of an order, bound to the modules it uses. Throws when they were not imported. */
  jobOf({ module, uses = [] }: JobOrder): BoundJob {
    const { run } = this.#get(module) as { run?: unknown };
    if (typeof run !== 'function') throw new TypeError(`${module} exports no function run`);
    const used = uses.map((url) => this.#get(url));
    return (context, input) => (run as JobFunction)(context, input, used);
  }

  #get(module: string): unknown {
    if (!this.#namespaces.has(module)) throw new TypeError(`${module} was not imported`);
    return this.#namespaces.get(module);
  }
}

/** A job's function that needs no more than its input. */
export type BoundJob = (context: JobContext, input: unknown) => unknown;

/** Imports what an order names, and gives its function. */
export async function importJob(order: JobOrder): Promise<BoundJob> {
  const modules = new ImportedModules();
  await modules.add([order.module, ...(order.uses ?? [])]);
  return modules.jobOf(order);
}

/** Runs the job, tells its value or error, waits out the grace time and ends the process. */
export function runJobAndLeave(run: BoundJob, order: JobOrder, channel: number, binding: OpenRawOptions): never {
  runJob(run, order, new JobWriter(descriptorSink(channel)), binding);
  return leaveInTime(order);
}

/** Waits until a crash on a background thread would have shown, and ends the process. */
export function leaveInTime({ graceMs }: JobOrder): never {
  waitOut(graceMs);
  return leaveProcess(completedExit);
}

/** Runs the job, tells its value or error, waits out the grace time and takes its plugins out of the process; one that stays in ends it. */
export function runJobAndStay(run: BoundJob, order: JobOrder, channel: number, binding: OpenRawOptions): void {
  const writer = new JobWriter(descriptorSink(channel));
  const opened = runJob(run, order, writer, binding);
  waitOut(order.graceMs);
  writer.held();
  for (const plugin of opened) plugin.unload();
  if (opened.some(({ library }) => isInProcess(library))) leaveProcess(completedExit);
  writer.free();
}

function waitOut(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** Runs the job and tells its value or error. Returns the plugins that it has opened. */
export function runJob(run: BoundJob, order: JobOrder, writer: JobWriter, binding: OpenRawOptions): readonly RawPlugin[] {
  const { word, opened } = doJob(run, order, writer, binding);
  tell(writer, word);
  return opened;
}

/** Tells it, or why it cannot be told. */
export function tell(writer: JobWriter, word: JobWord): void {
  try {
    writer.end(word);
  } catch (error) {
    writer.end(broken(error));
  }
}

/** What a job has to say, and the plugins that it has opened. */
export interface DoneJob {
  readonly word: JobWord;
  readonly opened: readonly RawPlugin[];
}

/** Runs the job; `binding` is how its plugins are loaded unless it says otherwise. */
export function doJob(run: BoundJob, order: JobOrder, writer: JobWriter, binding: OpenRawOptions): DoneJob {
  const opened: RawPlugin[] = [];
  try {
    return { word: { kind: 'value', value: run(contextOf(order, writer, binding, opened), order.input) }, opened };
  } catch (thrown) {
    return { word: broken(thrown), opened };
  }
}

function broken(thrown: unknown): JobWord {
  return { kind: 'broken', error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) };
}

function contextOf({ scratchFolder }: JobOrder, writer: JobWriter, binding: OpenRawOptions, opened: RawPlugin[]): JobContext {
  const journal: Journal = (name, phase, describe) => {
    if (phase === 'inside') writer.call(name, describe());
    else writer.returned();
  };
  const folder = () => {
    mkdirSync(scratchFolder, { recursive: true });
    return scratchFolder;
  };
  return {
    open(library, options = {}) {
      const plugin = openRawPlugin(library, { ...binding, ...options }, journal);
      opened.push(plugin);
      return plugin;
    },
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
