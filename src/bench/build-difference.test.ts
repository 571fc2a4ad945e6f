import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../test/random.ts';
import { judgeDifference, type Round } from './build-difference.ts';
import { mannWhitney } from './mann-whitney.ts';

/** A standard normal number. */
function normal(next: (limit: number) => number): number {
  const [a, b] = [(next(1e9) + 1) / (1e9 + 1), next(1e9) / 1e9];
  return Math.sqrt(-2 * Math.log(a)) * Math.cos(2 * Math.PI * b);
}

/**
 * Medians of processes as a virtual machine with ten times more to do than it has cores gave them, and a little worse: each process is off
 * by 1.2 %, one in ten by 2 to 8 % more because something else ran, and the machine's own pace drifts from round to round.
 */
function rounds(seed: number, slower: number, count = 20): Round[] {
  const next = seededRandom(seed * 104729);
  let pace = 1;
  return Array.from({ length: count }, () => {
    pace *= Math.exp(0.01 * normal(next));
    const process = (): number => pace * Math.exp(0.012 * normal(next)) * (next(10) === 0 ? 1.02 + next(60) / 1000 : 1);
    return { oldMs: process(), newMs: process() * (1 + slower) };
  });
}

describe('fifty comparisons with the noise of a shared machine', { timeout: 30_000 }, () => {
  const verdicts = (slower: number, count = 50) =>
    Array.from({ length: count }, (_, seed) => judgeDifference(rounds(seed + 1, slower)).verdict);

  test('of a build with itself: at most two are called better or worse', () => {
    expect(verdicts(0).filter((verdict) => verdict === 'better' || verdict === 'worse').length).toBeLessThanOrEqual(2);
  });

  test('of a build that is 5 % slower: at least 45 are called worse, none better', () => {
    const found = verdicts(0.05);
    expect(found.filter((verdict) => verdict === 'worse').length).toBeGreaterThanOrEqual(45);
    expect(found).not.toContain('better');
  });

  test('of a build that is 5 % faster: it is called better as often', () => {
    expect(verdicts(-0.05, 20).filter((verdict) => verdict === 'better').length).toBeGreaterThanOrEqual(18);
  });
});

test('on a quiet machine equal builds are the same, and the interval holds the true ratio', () => {
  const quiet = Array.from({ length: 20 }, (_, at) => ({ oldMs: 1 + 0.001 * (at % 3), newMs: 1 + 0.001 * (at % 4) }));
  const { verdict, interval } = judgeDifference(quiet);
  expect(verdict).toBe('same');
  expect(interval[0]).toBeLessThanOrEqual(1.001);
  expect(interval[1]).toBeGreaterThanOrEqual(1);
});

test('a difference below 1 % is never called worse, however clear it is', () => {
  const clear = Array.from({ length: 20 }, (_, at) => ({ oldMs: 1 + 1e-5 * at, newMs: 1.008 + 1e-5 * at }));
  expect(judgeDifference(clear)).toMatchObject({ verdict: 'same', p: expect.closeTo(0, 2) });
});

describe('the Mann-Whitney test of rounds', () => {
  /** By all ways in which the values of rounds can be swapped. */
  function byEnumeration(values: readonly number[]): number {
    const distance = (signed: readonly number[]): number => {
      const pairs = signed.flatMap((a) => signed.map((b) => (a + b > 0 ? 1 : a + b === 0 ? 0.5 : 0) as number));
      return Math.abs(pairs.reduce((sum, one) => sum + one, 0) - signed.length ** 2 / 2);
    };
    const seen = distance(values);
    const ways = Array.from({ length: 2 ** values.length }, (_, way) => values.map((value, at) => ((way >> at) & 1 ? -value : value)));
    return ways.filter((way) => distance(way) >= seen).length / ways.length;
  }

  test.each([1, 2, 3])('agrees with the enumeration of all swaps, seed %i', (seed) => {
    const next = seededRandom(seed);
    const values = Array.from({ length: 9 }, () => (next(2000) - 700) / 1000);
    expect(mannWhitney(values)).toBeCloseTo(byEnumeration(values), 1);
  });

  test('rounds without any difference have p 1', () => expect(mannWhitney([0, 0, 0, 0])).toBe(1));

  test('of equal sources it cries wolf as often as it says', () => {
    const ps = Array.from({ length: 200 }, (_, seed) => {
      const next = seededRandom(seed * 31 + 11);
      return mannWhitney(Array.from({ length: 12 }, () => next(2001) / 1000 - 1));
    });
    expect(ps.filter((p) => p < 0.05).length / 200).toBeLessThan(0.1);
    expect(ps.filter((p) => p < 0.05).length / 200).toBeGreaterThan(0.01);
  });
});
