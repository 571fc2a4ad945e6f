import { expect, test } from 'vitest';
import { findRegions } from './find-regions.ts';

const map = {
  width: 5,
  height: 4,
  data: Float32Array.from(
    [
      [0.9, 0, 0, 0, 0.6],
      [0, 0.8, 0, 0, 0.5],
      [0, 0, 0, 0, 0],
      [0.7, 0.4, 0, 0, 0],
    ].flat(),
  ),
};

test('regions are connected over corners, reach the level, and come with the greatest first', () => {
  expect(findRegions(map, 0.5, 1).map(({ x1, y1, x2, y2, area }) => [x1, y1, x2, y2, area])).toEqual([
    [0, 0, 2, 2, 2],
    [0, 3, 1, 4, 1],
    [4, 0, 5, 2, 2],
  ]);
});

test('a region below the smallest area is none', () => {
  expect(findRegions(map, 0.5, 2)).toHaveLength(2);
});
