// The one loop that everything is timed in. Nothing is decoded, read, written or printed between the two readings of the clock.
import { performance } from 'node:perf_hooks';
import type { PluginEngine } from '../harness/native/plugin-engine.ts';
import { PluginFailure } from '../harness/plugin-errors.ts';
import type { Frame } from '../image/frame.ts';
import type { FrameSpec, Phase, PhaseOutcome, ProcessReading } from './bench-order.ts';
import type { ResultKeeper } from './kept-results.ts';
import { stamp } from './prepare-frame.ts';
import type { SampleLog } from './sample-log.ts';
import { sleep, waitUntil } from './wait-until.ts';

/** A frame that can be inspected. */
export interface ReadyFrame {
  readonly spec: FrameSpec;
  readonly frame: Frame;
  readonly keeper: ResultKeeper | undefined;
  /** The plugin's message, from the moment it refused the frame. */
  refused?: string;
}

/** What a phase works with. */
export interface Workplace {
  readonly engine: PluginEngine;
  readonly frames: readonly ReadyFrame[];
  /** Reads what the process uses; its garbage is collected before where there is time for it. */
  read(hasTime: boolean): Omit<ProcessReading, 'atMs' | 'inspections'>;
  /** Tells how much of the phase is done, 0 to 1; called between inspections, every tenth of a second or so. */
  progress(part: number): void;
}

const progressMs = 100;

/** Runs one phase; its samples go to `log`. */
export function runPhase(place: Workplace, phase: Phase, log: SampleLog): PhaseOutcome {
  const run = new PhaseRun(place, phase, log);
  run.warmUp();
  return run.measure();
}

class PhaseRun {
  readonly #place: Workplace;
  readonly #phase: Phase;
  readonly #log: SampleLog;
  readonly #readings: ProcessReading[] = [];
  #sequence: readonly number[];
  #number = 0;
  #start = 0;
  #nextTell = 0;
  #nextReading = 0;

  constructor(place: Workplace, phase: Phase, log: SampleLog) {
    this.#place = place;
    this.#phase = phase;
    this.#log = log;
    this.#sequence = phase.frames;
  }

  warmUp(): void {
    for (let round = 0; round < (this.#phase.warmup ?? 0); round += 1) this.#inspect(round);
  }

  measure(): PhaseOutcome {
    const { taktMs, gapMs, watchMs, name } = this.#phase;
    this.#start = performance.now();
    if (watchMs !== undefined) this.#watch(0);
    while (this.#sequence.length > 0 && this.#goesOn(performance.now() - this.#start)) {
      let due = -1;
      if (taktMs !== undefined) {
        due = this.#number * taktMs;
        waitUntil(this.#start + due);
      } else if (gapMs !== undefined) sleep(gapMs);
      const at = performance.now() - this.#start;
      this.#sample(at, due < 0 ? at : due);
    }
    const lasted = performance.now() - this.#start;
    if (watchMs !== undefined) this.#watch(lasted);
    const paced = { ...(taktMs === undefined ? {} : { taktMs }), ...(gapMs === undefined ? {} : { gapMs }) };
    return { name, ...paced, inspections: this.#number, samples: this.#log.kept, lasted, readings: this.#readings };
  }

  #goesOn(elapsed: number): boolean {
    const { iterations, forMs = 0, wanted = 0, extraMs = 0, taktMs } = this.#phase;
    this.#tell(elapsed);
    // of a line with a takt the parts count that were due within the time
    const passed = taktMs === undefined ? elapsed : this.#number * taktMs;
    if (this.#number < iterations || passed < forMs) return true;
    this.#extraUntil ??= elapsed + extraMs;
    return this.#number < wanted && elapsed < this.#extraUntil;
  }
  #extraUntil: number | undefined;

  #tell(elapsed: number): void {
    const { iterations, forMs = 0, wanted = 0, watchMs } = this.#phase;
    if (watchMs !== undefined && elapsed >= this.#nextReading) this.#watch(elapsed);
    if (elapsed < this.#nextTell) return;
    this.#nextTell = elapsed + progressMs;
    this.#place.progress(Math.min(this.#number / Math.max(1, iterations, wanted), forMs === 0 ? 1 : elapsed / forMs));
  }

  #watch(elapsed: number): void {
    this.#nextReading = elapsed + (this.#phase.watchMs ?? 0);
    this.#readings.push({ atMs: elapsed, inspections: this.#number, ...this.#place.read(this.#phase.taktMs === undefined) });
  }

  #sample(at: number, due: number): void {
    const index = this.#sequence[this.#number % this.#sequence.length] ?? 0;
    const result = this.#inspect(this.#number);
    this.#number += 1;
    if (result === undefined) return;
    this.#log.add(at, due, result.wallTimeMs, result.inferenceTimeMs, index);
    this.#place.frames[index]?.keeper?.add(result);
  }

  #inspect(number: number) {
    const index = this.#sequence[number % this.#sequence.length] ?? 0;
    const ready = this.#place.frames[index];
    if (ready === undefined) throw new RangeError(`there is no frame ${index}`);
    if (ready.spec.stamped) stamp(ready.frame, number);
    try {
      return this.#place.engine.infer(ready.frame);
    } catch (error) {
      if (!ready.spec.mayFail || !(error instanceof PluginFailure)) throw error;
      ready.refused = error.message;
      this.#sequence = this.#sequence.filter((one) => one !== index);
      return undefined;
    }
  }
}
