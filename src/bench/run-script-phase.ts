// The loop that scripts are timed in: as a host calls one, each picture after the other.
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { InferenceResult } from '../harness/plugin-host.ts';
import type { Phase } from './bench-order.ts';
import type { ResultKeeper } from './kept-results.ts';
import type { TimedPhase } from './run-timing.ts';
import type { Sample } from './sample-log.ts';
import { waitUntil } from './wait-until.ts';

/** Pictures of a phase, by the numbers of its frames. */
export interface ScriptFrame {
  inspect(): Promise<InferenceResult>;
  readonly keeper: ResultKeeper;
}

/** A sleep may end so much too late, in milliseconds. */
const awakeMs = 2;
const tellEveryMs = 100;

/** Runs one phase; `tell` is told how much of it is done, 0 to 1. */
export async function runScriptPhase(frames: readonly ScriptFrame[], phase: Phase, tell: (part: number) => void): Promise<TimedPhase> {
  const { name, iterations, wanted = 0, extraMs = 0, forMs = 0, warmup = 0, taktMs, gapMs } = phase;
  const frameOf = (number: number): number => phase.frames[number % phase.frames.length] ?? 0;
  for (let round = 0; round < warmup; round += 1) await frames[frameOf(round)]?.inspect();
  const taken: Sample[] = [];
  const start = performance.now();
  let extraUntil: number | undefined;
  let told = 0;
  for (;;) {
    const elapsed = performance.now() - start;
    if (taken.length >= iterations && elapsed >= forMs) {
      extraUntil ??= elapsed + extraMs;
      if (taken.length >= wanted || elapsed >= extraUntil) break;
    }
    if (elapsed - told > tellEveryMs) {
      told = elapsed;
      tell(taken.length / Math.max(1, iterations, wanted));
    }
    if (gapMs !== undefined) await pause(gapMs);
    const due = taktMs === undefined ? undefined : taken.length * taktMs;
    if (due !== undefined) await pauseUntil(start + due);
    const frame = frameOf(taken.length);
    const at = performance.now() - start;
    const result = await frames[frame]?.inspect();
    if (result === undefined) throw new RangeError(`there is no frame ${frame}`);
    taken.push({ at, due: due ?? at, wall: performance.now() - start - at, own: result.inferenceTimeMs, frame });
    frames[frame]?.keeper.add(result);
  }
  const paced = { ...(taktMs === undefined ? {} : { taktMs }), ...(gapMs === undefined ? {} : { gapMs }) };
  return { name, ...paced, inspections: taken.length, samples: taken.length, lasted: performance.now() - start, readings: [], taken };
}

async function pauseUntil(moment: number): Promise<void> {
  const asleep = moment - performance.now() - awakeMs;
  if (asleep > 0) await pause(asleep);
  waitUntil(moment);
}
