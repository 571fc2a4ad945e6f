// A piece of work that calls a plugin synchronously in a process of its own, and what became of it.
import type { Launcher } from './launcher.ts';
import type { NativeMemory } from './native-memory.ts';
import type { CallRecord, CapturedOutput, Ending } from './plugin-errors.ts';
import type { ProcessProbes } from './process-probes.ts';
import type { OpenRawOptions, RawPlugin } from './raw-plugin.ts';

/**
 * One job. `module` is the file URL of a compiled ES module (`compiledModule` gives it) whose export named `run` is a
 * {@link JobFunction}; it runs synchronously in a forked copy of a prepared process (Linux) or in a fresh process.
 * `input` and the returned value must survive JSON.
 */
export interface Job {
  readonly module: string;
  readonly input: unknown;
  /** File URLs of modules that are imported before the function runs, which is handed them. */
  readonly uses?: readonly string[];
  /** The job is killed, and is `hung`, when no call of the plugin begins or returns for this time; the start of its process does not count. */
  readonly deadlineMs: number;
  /** Variables on top of the parent's environment; they force a fresh process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Forces a fresh process. */
  readonly fresh?: boolean;
  /** A plain job waits for these and begins with them; without them no library that came with a plugin was ever in its process. */
  readonly libraries?: ReadyLibraries | undefined;
  /**
   * Where its libraries are ready: whether it may be made in a copy in which other such jobs were made, as long as these left nothing in it;
   * asked when it begins. Its plugins are cleaned up and unloaded at its end.
   */
  readonly shares?: () => boolean;
  /** How the process ends when the function has returned: at once (default), or by exit with the destructors of its libraries, which forces a fresh one. */
  readonly leave?: 'at once' | 'by exit';
}

/** What a job may do. */
export interface JobContext {
  /** Opens a plugin; each of its calls is journalled before it is made. */
  open(library: string, options?: OpenRawOptions): RawPlugin;
  readonly memory: NativeMemory;
  readonly process: ProcessProbes;
  /** Writes to the journal what the next call is about: its words follow the call's arguments in {@link CallRecord}. */
  annotate(words: string): void;
  /** Does the work and tells what was written to the standard streams meanwhile; throws PlatformCannot on Windows. */
  captured<T>(work: () => T): { readonly value: T; readonly output: CapturedOutput };
  /** An empty folder of this job's own, removed when it has ended. */
  readonly scratchFolder: string;
}

/**
 * The function a job's module exports as `run`; `used` are the namespaces of the modules that the job uses, in their order. It must
 * not wait: no promise, timer or worker lives in a forked copy.
 */
export type JobFunction = (context: JobContext, input: unknown, used: readonly unknown[]) => unknown;

/** What became of a job, told by the parent. */
export type JobOutcome = JobEnding & {
  /** The last calls of the plugin, newest last; at most 16. */
  readonly calls: readonly CallRecord[];
  readonly output: CapturedOutput;
  readonly durationMs: number;
  /** Its process may have done other jobs before, or does more than the job: trouble that it tells of may be theirs. */
  readonly isShared?: boolean;
};

type JobEnding =
  /** The function returned, and nothing happened in the grace time after it. */
  | { readonly kind: 'completed'; readonly value: unknown }
  /** The plugin ended the process: even with exit(0), a job that did not complete is `exited`. A background thread that
   * crashes within the grace time after the function returned makes the job `crashed`, the last call's phase is 'after'. */
  | Ending
  /** The function threw: the job's own fault, never the plugin's. `error` is the stack. */
  | { readonly kind: 'broken'; readonly error: string };

/**
 * The libraries that came with a plugin, in a process that has done a job with it and unloaded it. Jobs in copies of that process have them
 * ready, and each loads the plugin anew. Where the plugin has left something behind, jobs are made as if there were none.
 */
export interface ReadyLibraries {
  /** What is left behind, or went wrong. */
  readonly obstacle: Promise<string | undefined>;
  /** What the job returned; undefined where it did not get through. */
  readonly value: Promise<unknown>;
  /** Ends that process and every copy; closing the runner does so, too. */
  close(): Promise<void>;
}

/** How jobs are run. */
export interface JobRunnerOptions {
  /** Jobs at the same time. */
  readonly slots: number;
  /**
   * File URLs of the modules of the coming jobs, imported once before the first copy is made; or one bundle that holds all of them, which
   * every process is then started with: it provides them (`provideModules`), and its first argument says as what it starts, `zygote` or
   * `job`. Its source map lies beside it.
   */
  readonly modules: readonly string[] | URL;
  /** Runs every job in a fresh process. */
  readonly fresh?: boolean;
  /** Runs every job in this process, one after the other, for a debugger: nothing is survived, no deadline is kept. */
  readonly inProcess?: boolean;
  /** Lets a process do one plain job after the other, as long as they leave nothing in it. */
  readonly shared?: boolean;
  /** An empty folder for all jobs, removed at the end; default: one is made. */
  readonly folder?: string;
  /** Starts the jobs' processes in another Node than this one. */
  readonly launcher?: Launcher | undefined;
  /** This process's environment, which jobs with variables of their own add to; others inherit it anyway. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Kills everything and rejects with `INTERRUPTED`. */
  readonly signal?: AbortSignal;
}

/** Runs jobs, as many at a time as it has slots; waiting out the grace time holds no slot. */
export interface JobRunner {
  /** How plain jobs are run here. */
  readonly kind: 'zygote' | 'fresh' | 'shared' | 'in-process';
  /** How the jobs' processes spell an absolute path of this one. */
  place(path: string): string;
  run(job: Job): Promise<JobOutcome>;
  /** Does a job for the libraries that come with its plugin; undefined where processes are not copied. */
  readyLibraries?(job: Job): ReadyLibraries | undefined;
  /** Ends the zygote and all that is left of the jobs. */
  close(): Promise<void>;
}
