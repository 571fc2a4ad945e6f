// Waits for a moment exactly: asleep for the most part, as a host that waits for its trigger is, then on its toes.
import { performance } from 'node:perf_hooks';

const sleeper = new Int32Array(new SharedArrayBuffer(4));
/** A sleep may end so much too late. */
const awakeMs = 1;

/** Returns at `moment` of performance.now(), or at once when that has passed. */
export function waitUntil(moment: number): void {
  sleep(moment - performance.now() - awakeMs);
  while (performance.now() < moment);
}

/** Sleeps so many milliseconds. */
export function sleep(ms: number): void {
  if (ms > 0) Atomics.wait(sleeper, 0, 0, ms);
}
