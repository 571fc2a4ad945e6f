// Replays measured inspection times on a line with a fixed takt.

/** What happens on a line that offers a part every so many milliseconds; later parts wait for earlier ones. */
export interface TaktReplay {
  readonly taktMs: number;
  readonly parts: number;
  /** Parts whose result came later than one takt after they were due. */
  readonly missed: number;
  /** Longest time from due to result, in milliseconds. */
  readonly worstMs: number;
}

/** Replays the times in the order they were measured. */
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
