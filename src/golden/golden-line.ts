// One line of a golden report: a value, its limit, who set the limit, and whether it holds.
import type { Limit, LimitSource } from './tolerance.ts';

/** A part of an inspection's result. */
export type GoldenOutput = 'decision' | 'confidence' | 'anomaly_score' | 'anomaly_map' | 'bboxes' | 'visualization' | 'details';

/** One comparison. */
export interface GoldenLine {
  readonly output: GoldenOutput;
  /** What was measured, in words: "difference", "values outside". */
  readonly rule: string;
  readonly value: number | string;
  readonly limit: number | string;
  readonly limitFrom: LimitSource;
  readonly ok: boolean;
  /** What a person needs besides: the two values, the place. */
  readonly note?: string;
}

/** A line that holds when the value is at most the limit. */
export function atMost(output: GoldenOutput, rule: string, value: number, limit: Limit, note?: string): GoldenLine {
  return {
    output,
    rule,
    value,
    limit: limit.value,
    limitFrom: limit.from,
    ok: value <= limit.value,
    ...(note === undefined ? {} : { note }),
  };
}

/** A line that holds when the value is at least the limit. */
export function atLeast(output: GoldenOutput, rule: string, value: number, limit: Limit, note?: string): GoldenLine {
  return { ...atMost(output, rule, value, limit, note), ok: value >= limit.value };
}

/** A line that holds when two words are equal; a rule without tolerance. */
export function equal(output: GoldenOutput, rule: string, value: string, expected: string): GoldenLine {
  return { output, rule, value, limit: expected, limitFrom: 'default', ok: value === expected };
}

/** A line in words: "anomaly_score differs by 0.02 (limit 0.0006, default): 0.52, expected 0.5". */
export function lineText({ output, rule, value, limit, limitFrom, note }: GoldenLine): string {
  return `${output} ${rule} ${short(value)} (limit ${short(limit)}, ${limitFrom})${note === undefined ? '' : `: ${note}`}`;
}

function short(value: number | string): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(6))) : value;
}
