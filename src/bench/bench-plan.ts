// Works out which frames and phases a benchmark needs, and how long they will take.

import type { BenchOptions } from './bench-options.ts';
import type { FrameSpec, Phase } from './bench-order.ts';
import { neededSamples } from './percentiles.ts';

/** Frames with the phases that inspect them. */
export interface Plan {
  readonly frames: readonly FrameSpec[];
  readonly phases: readonly Phase[];
}

/** Inspections that are timed where nobody says how many: the most, and the least in a short run. */
export const usual = { least: 10, most: 1000 };

const idleGaps = { least: 3, most: 30, inAllMs: 20_000 };
const readingsOfSoak = 240;
const shortestWatchMs = 50;

/** The loop over one picture, and what is measured in the same process: pauses, takt, soak; `each` is the time of an inspection, in milliseconds. */
export function mainPlan(options: BenchOptions, needed: number, needsTakt: boolean, each: number): Plan {
  const { iterations = usualIterations(options, each), warmup = 10, prolongMs = 60_000, idleMs, taktMs, soakMs } = options;
  const frames = [0];
  const phases: Phase[] = [{ name: 'steady', frames, iterations, warmup, wanted: needed, extraMs: prolongMs }];
  if (idleMs !== undefined) {
    const gaps = Math.round(idleGaps.inAllMs / idleMs);
    phases.push({ name: 'idle', frames, gapMs: idleMs, iterations: Math.min(idleGaps.most, Math.max(idleGaps.least, gaps)) });
  }
  const watch = soakMs === undefined ? {} : { forMs: soakMs, watchMs: Math.max(shortestWatchMs, soakMs / readingsOfSoak) };
  if (taktMs !== undefined) {
    const earn = needsTakt ? { wanted: neededSamples.p99, extraMs: prolongMs } : {};
    phases.push({ name: 'takt', frames, taktMs, iterations: soakMs === undefined ? iterations : 1, ...watch, ...earn });
  } else if (soakMs !== undefined) phases.push({ name: 'soak', frames, iterations: 1, ...watch });
  return { frames: [{ picture: 0, kept: true }], phases };
}

/** Who asks for a run of five seconds does not expect to wait for a thousand slow inspections before it. */
function usualIterations({ soakMs = Number.POSITIVE_INFINITY }: BenchOptions, each: number): number {
  return Math.round(Math.min(usual.most, Math.max(usual.least, soakMs / each)));
}

/** Milliseconds that a phase will take when an inspection takes `each`. */
export function durationOf(
  { iterations, wanted = 0, warmup = 0, forMs = 0, taktMs = 0, gapMs = 0, extraMs = 0 }: Phase,
  each: number,
): number {
  const one = Math.max(each, taktMs) + gapMs;
  const more = Math.min(Math.max(0, wanted - iterations) * one, extraMs);
  return Math.max(forMs, iterations * one) + warmup * each + more;
}
