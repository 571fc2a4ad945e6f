// What a line with a fixed takt sees: each part's latency counts from when it was due, whatever held it up.
import { median } from './averages.ts';
import { type Histogram, histogramOf } from './histogram.ts';
import { shareInterval } from './intervals.ts';
import { type LatencyStats, summarizeLatencies } from './percentiles.ts';
import type { Sample } from './sample-log.ts';

/** What happens on a line that offers a part every so many milliseconds; later parts wait for earlier ones. */
export interface TaktReplay {
  readonly taktMs: number;
  readonly parts: number;
  /** Parts whose result came later than one takt after they were due. */
  readonly missed: number;
  /** Longest time from due to result, in milliseconds. */
  readonly worstMs: number;
}

/** A line that was really run with fixed triggers. */
export interface TaktRun extends TaktReplay {
  /** The share of late parts lies in here 95 times of 100. */
  readonly missedShare: readonly [low: number, high: number];
  /** Longest stretch during which the line was behind, in milliseconds, and its parts. */
  readonly longestStall: { readonly ms: number; readonly parts: number };
  /** How unevenly results come: the middle and the largest difference of their distance from one takt. */
  readonly jitterMs: { readonly median: number; readonly max: number };
  /** From due to result. */
  readonly latency: LatencyStats;
  /** The calls alone: what a loop that waits for each answer would have reported. */
  readonly closed: LatencyStats;
  readonly histogram: Histogram;
}

/** Replays times of a closed loop in the order they were measured. */
export function replayTakt(wallMs: readonly number[], taktMs: number): TaktReplay {
  let waited = 0;
  let missed = 0;
  let worstMs = 0;
  for (const wall of wallMs) {
    const latency = waited + wall;
    if (latency > taktMs) missed += 1;
    worstMs = Math.max(worstMs, latency);
    waited = Math.max(0, latency - taktMs);
  }
  return { taktMs, parts: wallMs.length, missed, worstMs };
}

/** Sums up a run with fixed triggers. */
export function judgeTakt(taken: readonly Sample[], taktMs: number): TaktRun {
  const latencies = taken.map(({ at, due, wall }) => at + wall - due);
  const missed = latencies.filter((latency) => latency > taktMs).length;
  return {
    taktMs,
    parts: taken.length,
    missed,
    worstMs: latencies.reduce((most, latency) => Math.max(most, latency), 0),
    missedShare: shareInterval(missed, taken.length),
    longestStall: longestStall(taken, taktMs),
    jitterMs: jitterOf(taken),
    latency: summarizeLatencies(latencies),
    closed: summarizeLatencies(taken.map(({ wall }) => wall)),
    histogram: histogramOf(latencies),
  };
}

/** From the moment a part was due that came late to the end of the last late part behind it. */
function longestStall(taken: readonly Sample[], taktMs: number): TaktRun['longestStall'] {
  let longest = { ms: 0, parts: 0 };
  let since = 0;
  let parts = 0;
  for (const { at, due, wall } of taken) {
    if (at + wall - due <= taktMs) {
      parts = 0;
      continue;
    }
    if (parts === 0) since = due;
    parts += 1;
    if (at + wall - since > longest.ms) longest = { ms: at + wall - since, parts };
  }
  return longest;
}

function jitterOf(taken: readonly Sample[]): TaktRun['jitterMs'] {
  const off = taken.slice(1).map(({ at, wall, due }, index) => {
    const before = taken[index] ?? { at: 0, wall: 0, due: 0 };
    return Math.abs(at + wall - (before.at + before.wall) - (due - before.due));
  });
  if (off.length === 0) return { median: 0, max: 0 };
  return { median: median(off), max: off.reduce((most, one) => Math.max(most, one), 0) };
}
