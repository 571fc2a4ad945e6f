// Compares the decision and the two scores of a result.
import { atMost, type GoldenLine } from './golden-line.ts';
import type { Limits } from './tolerance.ts';

/** A reference for a score: a number, a range, or a number with limits of its own. */
export type ExpectedScore =
  | number
  | { readonly min: number; readonly max: number }
  | { readonly value: number; readonly abs?: number | undefined; readonly rel?: number | undefined };

/** The decision must be the one expected, or one of several. */
export function compareDecision(expected: string | readonly string[], actual: string): GoldenLine {
  const allowed = typeof expected === 'string' ? [expected] : expected;
  const limitFrom = typeof expected === 'string' ? 'default' : 'case';
  return { output: 'decision', rule: 'is', value: actual, limit: allowed.join(' or '), limitFrom, ok: allowed.includes(actual) };
}

/** A score may differ by abs + rel · reference, or must lie in the range the case gives. NaN never passes. */
export function compareScore(
  output: 'confidence' | 'anomaly_score',
  expected: ExpectedScore,
  actual: number,
  limits: Limits<'confidence'>,
): GoldenLine {
  if (typeof expected === 'object' && 'min' in expected) {
    const ok = actual >= expected.min && actual <= expected.max;
    return { output, rule: 'lies in', value: actual, limit: `${expected.min}..${expected.max}`, limitFrom: 'case', ok };
  }
  const { value, abs, rel } = typeof expected === 'number' ? { value: expected, abs: undefined, rel: undefined } : expected;
  const from = abs === undefined && rel === undefined ? stricter(limits) : 'case';
  const allowed = (abs ?? limits.abs.value) + (rel ?? limits.rel.value) * Math.abs(value);
  return atMost(output, 'differs by', Math.abs(actual - value), { value: allowed, from }, `${digits(actual)}, expected ${digits(value)}`);
}

/** As many digits as a float holds: the rest is how the number was widened. */
function digits(value: number): string {
  return String(Number(value.toPrecision(7)));
}

/** Who set a limit that is made of two: the more special of both. */
function stricter({ abs, rel }: Limits<'confidence'>): Limits<'confidence'>['abs']['from'] {
  return abs.from === 'default' || rel.from === 'case' ? rel.from : abs.from;
}
