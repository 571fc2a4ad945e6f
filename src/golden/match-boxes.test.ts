import { expect, test } from 'vitest';
import { seededRandom } from '../../test/random.ts';
import type { Box } from '../harness/plugin-host.ts';
import { compareBoxes } from './compare-boxes.ts';
import { boxIou } from './match-boxes.ts';
import { limitsOf } from './tolerance.ts';

const box = (x1: number, y1: number, x2: number, y2: number, score = 0.8, label = 0): Box => ({ x1, y1, x2, y2, score, class: label });
const limits = limitsOf('bboxes');

/** Which rules a comparison breaks, with their counts. */
function broken(expected: Box[], actual: Box[]): Record<string, number | string> {
  return Object.fromEntries(compareBoxes(expected, actual, limits).flatMap(({ rule, value, ok }) => (ok ? [] : [[rule, value]])));
}

test('overlap is intersection over union', () => {
  expect(boxIou(box(0, 0, 10, 10), box(0, 0, 10, 10))).toBe(1);
  expect(boxIou(box(0, 0, 10, 10), box(5, 0, 15, 10))).toBeCloseTo(1 / 3, 12);
  expect(boxIou(box(0, 0, 10, 10), box(10, 0, 20, 10))).toBe(0);
  expect(boxIou(box(0, 0, Number.NaN, 10), box(0, 0, 10, 10))).toBe(0);
});

test('an overlap of 0.9 passes and one just under it is a moved box', () => {
  expect(broken([box(0, 0, 100, 10)], [box(0, 0, 90, 10)])).toEqual({});
  expect(broken([box(0, 0, 100, 10)], [box(0, 0, 89.9, 10)])).toEqual({ 'boxes overlapping by less than 0.9:': 1 });
});

test('missing, extra, relabelled and rescored boxes are told apart', () => {
  const [a, b] = [box(0, 0, 10, 10), box(50, 50, 60, 60)];
  expect(broken([a, b], [a])).toEqual({ 'boxes missing:': 1 });
  expect(broken([a], [a, b])).toEqual({ 'boxes extra:': 1 });
  expect(broken([a], [{ ...a, class: 3 }])).toEqual({ 'boxes of another class:': 1 });
  expect(broken([a], [{ ...a, score: 0.8 + 0.0008 }])).toEqual({});
  expect(broken([a], [{ ...a, score: 0.8 + 0.001 }])).toEqual({ 'boxes with another score:': 1 });
  expect(broken([a], [{ ...a, score: Number.NaN }])).toEqual({ 'boxes with another score:': 1 });
  expect(broken([], [])).toEqual({});
});

test('the order of the boxes does not matter', () => {
  const random = seededRandom(4);
  const boxes = Array.from({ length: 200 }, (_, at) =>
    box((at % 20) * 12, Math.floor(at / 20) * 12, (at % 20) * 12 + 10, Math.floor(at / 20) * 12 + 10, random(1000) / 1000),
  );
  const shuffled = boxes.map((item) => ({ item, key: random(1000) / 1000 })).sort((a, b) => a.key - b.key).map(({ item }) => item); // biome-ignore format: one idea
  expect(broken(boxes, shuffled)).toEqual({});
});

test('of two boxes in nearly one place each gets the one with its score', () => {
  const [first, second] = [box(0, 0, 100, 100, 0.9), box(0, 0, 100, 101, 0.5)];
  expect(broken([first, second], [{ ...second, y2: 100 }, { ...first, y2: 101 }])).toEqual({}); // biome-ignore format: pairs
});

test('a chain of overlaps is resolved as a whole: no box is left over', () => {
  const at = (x: number): Box => box(x, 0, x + 100, 10);
  // 0 overlaps 2 better than -4, but then nobody is left for 4
  expect(broken([at(0), at(4)], [at(2), at(-4)])).toEqual({});
});

test('more than 2000 boxes are refused instead of matched for minutes', () => {
  const many = Array.from({ length: 2001 }, () => box(0, 0, 1, 1));
  expect(broken(many, many)).toEqual({ 'boxes to match:': 2001 });
});
