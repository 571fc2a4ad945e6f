// What is measured of a subject, and what measuring it gives.
import type { PluginSubject, SubjectDigests } from '../golden/plugin-subject.ts';
import type { Picture } from '../image/picture.ts';
import type { BenchOptions } from './bench-options.ts';
import type { Plan } from './bench-plan.ts';
import type { BenchReport } from './bench-report.ts';
import type { Timing } from './run-timing.ts';

/** What to measure. */
export interface MeasureJob {
  readonly subject: PluginSubject;
  readonly digests: SubjectDigests;
  readonly picture: Picture;
  /** An empty folder for pixels and results. */
  readonly folder: string;
  readonly options: BenchOptions;
  /** Samples without which some limit cannot be judged. */
  readonly needed: number;
  /** Whether a limit is judged by the run with triggers. */
  readonly needsTakt: boolean;
}

/** What was measured. */
export interface Measured {
  /** Processes that were started for the cold figures. */
  readonly cold: readonly Timing[];
  readonly main: Timing;
  readonly tables: Pick<BenchReport, 'images' | 'sweep' | 'caching' | 'cameras'>;
}

/** Several processes are started for the cold figures, as many as are soon started: one start tells little. */
export const coldStarts = { most: 6, inAllMs: 10_000 } as const;
/** What each of them does after its first inspections: its median shows how far processes lie apart. */
export const repeats = { iterations: 5, forMs: 50 } as const;

/** Says what the loop will be; `each` is the time of an inspection, in milliseconds. */
export function announce({ progress }: BenchOptions, { phases }: Plan, each: number): void {
  const { iterations, warmup = 0, wanted = 0 } = firstOf(phases);
  progress?.(`${iterations} inspections of about ${each.toFixed(2)} ms after ${warmup} to warm up`);
  if (wanted > iterations) progress?.(`the budget needs ${wanted} samples: the run is prolonged`);
}

/** The first of what was measured. */
export function firstOf<T>(items: readonly T[]): T {
  const [first] = items;
  if (first === undefined) throw new RangeError('nothing was measured');
  return first;
}
