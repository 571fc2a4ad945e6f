import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../test/random.ts';
import { confusionAt, type Scored, separationOf } from './curves.ts';

function parts(seed: number, count: number, levels: number): Scored[] {
  const random = seededRandom(seed);
  const made = Array.from({ length: count }, () => {
    const defect = random(2) === 1;
    return { defect, score: (random(levels) + (defect ? levels / 4 : 0)) / levels };
  });
  return [...made, { defect: true, score: 0.5 }, { defect: false, score: 0.25 }];
}

/** The chance that a defective part scores over a good one, pair by pair. */
function pairwise(scored: readonly Scored[]): number {
  const [defects, goods] = [scored.filter(({ defect }) => defect), scored.filter(({ defect }) => !defect)];
  let sum = 0;
  for (const a of defects) for (const b of goods) sum += a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0;
  return sum / defects.length / goods.length;
}

/** Precision at every recall step, threshold by threshold. */
function averagePrecision(scored: readonly Scored[]): number {
  let [sum, former] = [0, 0];
  for (const threshold of [...new Set(scored.map(({ score }) => score))].sort((a, b) => b - a)) {
    const { precision, recall } = confusionAt(scored, threshold);
    sum += (recall - former) * precision;
    former = recall;
  }
  return sum;
}

describe.each([1, 2, 3, 4, 5, 6])('random scores, seed %d', (seed) => {
  test.each([
    [40, 1000],
    [200, 7], // many ties
    [3, 2],
  ])('%d parts on %d levels: areas and best threshold are those of a count by hand', (count, levels) => {
    const scored = parts(seed, count, levels);
    const { auroc, averagePrecision: area, best, curve } = separationOf(scored);
    expect(auroc).toBeCloseTo(pairwise(scored), 12);
    expect(area).toBeCloseTo(averagePrecision(scored), 12);
    const candidates = scored.map(({ score }) => confusionAt(scored, score).f1);
    expect(best.f1).toBeCloseTo(Math.max(...candidates), 12);
    expect(confusionAt(scored, best.threshold)).toEqual(best);
    expect(curve.length).toBe(new Set(scored.map(({ score }) => score)).size);
  });
});

test('scores that part the classes wholly have area 1, and the best threshold lies halfway', () => {
  const scored = [0.1, 0.2].map((score) => ({ score, defect: false })).concat([0.6, 0.9].map((score) => ({ score, defect: true })));
  const { auroc, averagePrecision: area, best } = separationOf(scored);
  expect([auroc, area, best.f1]).toEqual([1, 1, 1]);
  expect(best.threshold).toBeCloseTo(0.4);
});

test('scores that are all equal have area one half', () => {
  const scored = [true, false, true, false].map((defect) => ({ score: 0.3, defect }));
  expect(separationOf(scored).auroc).toBe(0.5);
  expect(separationOf(scored).best).toMatchObject({ threshold: 0.3, found: 2, rejected: 2 });
});

test('inverted scores have area 0', () => {
  expect(
    separationOf([
      { score: 0.9, defect: false },
      { score: 0.1, defect: true },
    ]).auroc,
  ).toBe(0);
});

test('one class alone, and a score that is no number, are refused by name', () => {
  expect(() => separationOf([{ score: 0.5, defect: false }])).toThrow(/no defective parts/);
  expect(() => separationOf([{ score: 0.5, defect: true }])).toThrow(/no good parts/);
  const strange = [
    { score: Number.NaN, defect: true },
    { score: 0.5, defect: false },
  ];
  expect(() => separationOf(strange)).toThrow(/a score is NaN/);
});

test('a threshold counts what lies at or over it', () => {
  const scored = [
    { score: 0.5, defect: true },
    { score: 0.5, defect: false },
    { score: 0.4, defect: true },
  ];
  expect(confusionAt(scored, 0.5)).toMatchObject({ found: 1, missed: 1, passed: 0, rejected: 1, precision: 0.5, recall: 0.5, f1: 0.5 });
  expect(confusionAt(scored, 0.6)).toMatchObject({ found: 0, precision: 1, recall: 0, f1: 0 });
});
