// The different results that a frame had while it was timed: few are kept, so that all of them can be held against the reference.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { InferenceResult } from '../harness/plugin-host.ts';
import type { KeptResults } from './bench-order.ts';

const mostOthers = 6;
const mostDecisions = 8;

/** Watches the results of one frame: keeps the first, the first of each decision, those of extreme scores, and a few more. */
export class ResultKeeper {
  readonly #frame: number;
  readonly #decisions: Record<string, number> = {};
  readonly #slots = new Map<string, { readonly bytes: Uint8Array; readonly result: InferenceResult }>();
  readonly #confidence = new Extremes();
  readonly #score = new Extremes();
  #last: InferenceResult | undefined;
  #inspections = 0;
  #changes = 0;

  constructor(frame: number) {
    this.#frame = frame;
  }

  /** Looks at a result, whose arrays the next one may overwrite. */
  add(result: InferenceResult): void {
    this.#inspections += 1;
    const seen = this.#decisions[result.decision] ?? 0;
    if (seen > 0 || Object.keys(this.#decisions).length < mostDecisions) this.#decisions[result.decision] = seen + 1;
    if (this.#last !== undefined && sameResult(this.#last, result)) return;
    if (this.#last !== undefined) this.#changes += 1;
    const slots = this.#slotsFor(result, seen);
    const bytes = serialize(result);
    const kept = { bytes, result: deserialize(bytes) as InferenceResult };
    for (const slot of slots) this.#slots.set(slot, kept);
    this.#last = kept.result;
  }

  #slotsFor({ decision, confidence, anomalyScore }: InferenceResult, seen: number): string[] {
    const slots = [this.#confidence.side(confidence), this.#score.side(anomalyScore)];
    const named = [slots[0] && `confidence-${slots[0]}`, slots[1] && `score-${slots[1]}`].filter((name) => name !== undefined);
    if (seen === 0 && this.#decisions[decision] === 1) named.push(`decision-${Object.keys(this.#decisions).indexOf(decision)}`);
    if (this.#changes < mostOthers) named.push(`other-${this.#changes}`);
    return named;
  }

  /** Writes what was kept to the folder. */
  finish(folder: string): KeptResults {
    const files = [...new Set([...this.#slots.values()].map(({ bytes }) => bytes))].map((bytes, number) => {
      const file = `result-${this.#frame}-${number}`;
      writeFileSync(join(folder, file), bytes);
      return file;
    });
    return { frame: this.#frame, inspections: this.#inspections, changes: this.#changes, decisions: this.#decisions, files };
  }
}

/** Reads a kept result. */
export function readKeptResult(folder: string, file: string): InferenceResult {
  return deserialize(readFileSync(join(folder, file))) as InferenceResult;
}

class Extremes {
  #low = Number.POSITIVE_INFINITY;
  #high = Number.NEGATIVE_INFINITY;

  /** On which side a value lies outside all before; one that is no number counts as high. */
  side(value: number): 'low' | 'high' | undefined {
    const side = value < this.#low ? 'low' : value <= this.#high ? undefined : 'high';
    this.#low = Math.min(this.#low, Number.isNaN(value) ? this.#low : value);
    this.#high = Math.max(this.#high, Number.isNaN(value) ? this.#high : value);
    return side;
  }
}

/** Whether two results agree in every bit, but for the times. */
function sameResult(a: InferenceResult, b: InferenceResult): boolean {
  return (
    a.decision === b.decision &&
    Object.is(a.confidence, b.confidence) &&
    Object.is(a.anomalyScore, b.anomalyScore) &&
    a.details === b.details &&
    sameArray(a.anomalyMap, b.anomalyMap) &&
    sameArray(a.visualization, b.visualization) &&
    JSON.stringify(a.boxes) === JSON.stringify(b.boxes)
  );
}

type Sized = { readonly width: number; readonly height: number; readonly data: Float32Array | Uint8Array };

function sameArray(a: Sized | undefined, b: Sized | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.width === b.width && a.height === b.height && Buffer.compare(bytesOf(a), bytesOf(b)) === 0;
}

function bytesOf({ data }: Sized): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
