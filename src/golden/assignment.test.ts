import { expect, test } from 'vitest';
import { seededRandom } from '../../test/random.ts';
import { assign, type Candidate } from './assignment.ts';

/** The best choice by trying all: most pairs, then least cost. */
function byBruteForce(candidates: readonly Candidate[]): { pairs: number; cost: number } {
  const [first, ...rest] = candidates;
  if (first === undefined) return { pairs: 0, cost: 0 };
  const without = byBruteForce(rest);
  const free = rest.filter(({ row, column }) => row !== first.row && column !== first.column);
  const taken = byBruteForce(free);
  const with_ = { pairs: taken.pairs + 1, cost: taken.cost + first.cost };
  return with_.pairs > without.pairs || (with_.pairs === without.pairs && with_.cost < without.cost) ? with_ : without;
}

test.each(Array.from({ length: 60 }, (_, seed) => seed))('the choice is as good as the best of all choices (seed %i)', (seed) => {
  const random = seededRandom(seed);
  const candidates: Candidate[] = [];
  for (let row = 0; row < 5; row += 1)
    for (let column = 0; column < 4; column += 1) if (random(10) < 6) candidates.push({ row, column, cost: random(21) / 10 });
  const chosen = assign(candidates);
  expect(new Set(chosen.map(({ row }) => row)).size).toBe(chosen.length);
  expect(new Set(chosen.map(({ column }) => column)).size).toBe(chosen.length);
  const best = byBruteForce(candidates);
  expect(chosen.length).toBe(best.pairs);
  expect(chosen.reduce((sum, { cost }) => sum + cost, 0)).toBeCloseTo(best.cost, 9);
});

test('a greedy choice would lose a pair here', () => {
  const candidates = [
    { row: 0, column: 0, cost: 0 },
    { row: 0, column: 1, cost: 0.09 },
    { row: 1, column: 0, cost: 0.05 },
  ];
  expect(assign(candidates)).toEqual([candidates[1], candidates[2]]);
});

test('two thousand places far apart are matched at once', () => {
  const candidates = Array.from({ length: 2000 }, (_, row) => ({ row, column: 1999 - row, cost: 0 }));
  expect(assign(candidates).length).toBe(2000);
});
