// Samples of a long run in memory that does not grow, so that what grows is the plugin's.
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { sampleFields } from './bench-order.ts';

/** One inspection; milliseconds since the phase began. */
export interface Sample {
  /** When the call was made. */
  readonly at: number;
  /** When it should have been made. */
  readonly due: number;
  readonly wall: number;
  /** The plugin's own figure. */
  readonly own: number;
  /** Index of the frame. */
  readonly frame: number;
}

const width = sampleFields.length;
/** Of a run whose number of samples nobody knows. */
const openCapacity = 1 << 17;

/** Keeps every sample while there is room, then every second, every fourth, …: evenly over the whole run. */
export class SampleLog {
  readonly #values: Float64Array;
  readonly #capacity: number;
  #kept = 0;
  #every = 1;
  #seen = 0;

  /** `expected` samples are kept without thinning; undefined when nobody knows how many there will be. */
  constructor(expected: number | undefined) {
    this.#capacity = expected ?? openCapacity;
    this.#values = new Float64Array(this.#capacity * width).fill(-1); // touched now: untouched pages would count as growth
  }

  get kept(): number {
    return this.#kept;
  }

  add(at: number, due: number, wall: number, own: number, frame: number): void {
    if (this.#seen++ % this.#every !== 0) return;
    if (this.#kept === this.#capacity) {
      this.#halve();
      if ((this.#seen - 1) % this.#every !== 0) return;
    }
    const place = this.#kept++ * width;
    this.#values[place] = at;
    this.#values[place + 1] = due;
    this.#values[place + 2] = wall;
    this.#values[place + 3] = own;
    this.#values[place + 4] = frame;
  }

  #halve(): void {
    this.#kept >>= 1;
    this.#every *= 2;
    for (let sample = 1; sample < this.#kept; sample += 1)
      this.#values.copyWithin(sample * width, 2 * sample * width, 2 * sample * width + width);
  }

  /** Writes what is kept, at once. */
  writeTo(file: string): void {
    const bytes = new Uint8Array(this.#values.buffer, 0, this.#kept * width * 8);
    const descriptor = openSync(file, 'w');
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
    } finally {
      closeSync(descriptor);
    }
  }
}

/** Reads what a log has written on this machine. */
export function readSamples(file: string): Sample[] {
  const bytes = readFileSync(file);
  const values = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  return Array.from({ length: values.length / width }, (_, index) => {
    const [at = 0, due = 0, wall = 0, own = 0, frame = 0] = values.subarray(index * width, index * width + width);
    return { at, due, wall, own, frame };
  });
}

/** Wall times of one frame, in the order in which they were taken. */
export function timesOf(taken: readonly Sample[], frame: number): number[] {
  return taken.filter((sample) => sample.frame === frame).map(({ wall }) => wall);
}
