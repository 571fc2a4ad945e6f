// What a benchmark can be told.
import type { Io } from '../core/io.ts';

/** How to time. Everything but the loop over one picture is left out unless it is asked for. */
export interface BenchOptions {
  /** Inspections to time; default 1000, of a plugin run for `soakMs` no more than fit into that time. A limit that needs more samples prolongs the run. */
  readonly iterations?: number | undefined;
  /** Inspections before that are not counted; default 10. */
  readonly warmup?: number | undefined;
  /** Picture to time; default the one of benchmark.json, else the first test image. */
  readonly image?: string | undefined;
  /** Times every picture of this folder as well. */
  readonly imageFolder?: string | undefined;
  /** Triggers so many milliseconds apart, as a line gives them. */
  readonly taktMs?: number | undefined;
  /** Times single inspections after so long a pause. */
  readonly idleMs?: number | undefined;
  /** Times sizes, pixel formats and strides. */
  readonly sweep?: boolean | undefined;
  /** Times the same picture over and over beside pictures that all differ. */
  readonly distinct?: boolean | undefined;
  /** As many processes at the same time, each a camera. */
  readonly cameras?: number | undefined;
  /** Runs so long, and watches memory, threads and descriptors. */
  readonly soakMs?: number | undefined;
  /** Judges the manifest's baseline on another machine, too. */
  readonly force?: boolean | undefined;
  /** How long a run may be prolonged at most; default one minute. */
  readonly prolongMs?: number | undefined;
  /** Where the settings of threads are read from. */
  readonly env?: Io['env'] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told what is going on. */
  readonly progress?: ((line: string) => void) | undefined;
  /** Told how much is done, 0 to 1, and what is left in milliseconds. */
  readonly onAdvance?: ((part: number, leftMs: number) => void) | undefined;
}
