// What a job can see of its own process: the state that a plugin must leave alone, and the means that it must give back.

/** State of the process that belongs to the host. Texts, so that two of them can be compared and shown; '' where the platform has no such thing. */
export interface ProcessState {
  readonly cwd: string;
  /** Variables as the C library has them. */
  readonly environment: Readonly<Record<string, string>>;
  /** All categories of setlocale, and whether the calling thread has a locale of its own. */
  readonly locale: string;
  /** Handler and flags of each signal, by its number. */
  readonly signalHandlers: Readonly<Record<string, string>>;
  /**
   * Rounding, flushing of denormals, precision and exception masks of the calling thread, without the flags that
   * arithmetic sets. A mode that a call left behind and the harness put back is told by the first look after it.
   */
  readonly floatingPoint: string;
  readonly umask: string;
}

/** A thread of the process that is not about to end. */
export interface ThreadFacts {
  readonly id: number;
  /** As it named itself, at most 15 letters. */
  readonly name: string;
  /** File of the nearest code on its stack that is neither the C or C++ library nor the host's program; undefined while it runs, or where none was found. */
  readonly code: string | undefined;
}

/** How much of the system's means the process holds. */
export interface ProcessCounts {
  readonly descriptors: number;
  readonly threads: number;
  /** Those of Node come and go too: judge only what grows from round to round. */
  readonly mappings: number;
  /** Sizes of all mappings together, but for the C library's heap. */
  readonly mappedBytes: number;
}

/** Means that a job can limit for itself. */
export type LimitedMeans = 'files' | 'data';

/** Every probe but libraries throws PlatformCannot where the platform lacks the means. */
export interface ProcessProbes {
  state(): ProcessState;
  counts(): ProcessCounts;
  /** What each open descriptor leads to, by its number. */
  descriptors(): ReadonlyMap<number, string>;
  /** Real paths of all libraries and programs in the process; none where the platform has no such list. */
  libraries(): ReadonlySet<string>;
  /** All threads; those that are on their way out are waited for. */
  threads(): readonly ThreadFacts[];
  /** CPU time of the process so far, all threads, in milliseconds. */
  cpuTimeMs(): number;
  /**
   * Does the work with room for so many further descriptors or bytes of data, no more. Keep the work short: Node itself
   * needs data memory too.
   */
  withLimit<T>(means: LimitedMeans, room: number, work: () => T): T;
  /** Does the work with another working directory. */
  inFolder<T>(folder: string, work: () => T): T;
  /** Does the work under the modes of files and folders, which do not count for root otherwise (Linux). */
  withOrdinaryRights<T>(work: () => T): T;
  /** Does the work under a locale that writes 0,5 for a half: one of the system's, else one of the kit's own. */
  withCommaLocale<T>(work: () => T): T;
}
