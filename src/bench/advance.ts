// Tells how much of a benchmark is done and what is left of it.
import { performance } from 'node:perf_hooks';
import type { BenchOptions } from './bench-options.ts';

/** Parts of a benchmark with what each is expected to take; one is under way at a time. */
export class Advance {
  readonly #tell: BenchOptions['onAdvance'];
  #expected: readonly number[] = [];
  #before = 0;
  #started = performance.now();

  constructor(tell: BenchOptions['onAdvance']) {
    this.#tell = tell;
  }

  /** Announces all parts, in milliseconds. */
  expect(parts: readonly number[]): void {
    this.#expected = parts;
    this.#before = 0;
    this.#started = performance.now();
  }

  /** Ends the first `count` parts of those announced. */
  done(count: number): void {
    this.#before += sum(this.#expected.slice(0, count));
    this.#expected = this.#expected.slice(count);
    this.at(0, 0);
  }

  /** A part of those left is under way, and so much of it is done, 0 to 1. */
  at(number: number, part: number): void {
    const done = this.#before + sum(this.#expected.slice(0, number)) + (this.#expected[number] ?? 0) * part;
    const all = this.#before + sum(this.#expected);
    if (all === 0) return;
    const elapsed = performance.now() - this.#started;
    // how fast it really goes shows when a twentieth is done
    const pace = done > all / 20 ? elapsed / done : 1;
    this.#tell?.(Math.min(1, done / all), Math.max(0, (all - done) * pace));
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
