import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../test/random.ts';
import { type LabelledMap, pixelAreas } from './pixel-areas.ts';

const [width, height] = [12, 9];

function mapsOf(seed: number, levels: number): LabelledMap[] {
  const random = seededRandom(seed);
  const regions = [
    [[14, 15, 26, 27, 28]],
    [
      [0, 1],
      [80, 81, 92, 93, 94, 95],
    ],
    [],
  ];
  return regions.map((cells) => {
    const data = Float32Array.from({ length: width * height }, () => random(levels) / levels);
    for (const cell of cells.flat()) data[cell] = Math.min(1, (data[cell] ?? 0) + random(levels) / levels / 2);
    return { map: { width, height, data }, regions: cells };
  });
}

/** Both areas, threshold by threshold, by trapezoids. */
function bruteForce(maps: readonly LabelledMap[]): { auroc: number; aupro: number } {
  const values = (cells: readonly number[], { map }: LabelledMap): number[] => cells.map((cell) => map.data[cell] ?? 0);
  const regions = maps.flatMap((one) => one.regions.map((cells) => values(cells, one)));
  const goods = maps.flatMap((one) => [...one.map.data].filter((_, cell) => !one.regions.flat().includes(cell)));
  const thresholds = [Number.POSITIVE_INFINITY, ...new Set([...goods, ...regions.flat()].sort((a, b) => b - a))];
  const share = (list: readonly number[], threshold: number): number => list.filter((value) => value >= threshold).length / list.length;
  const points = thresholds.map((threshold) => ({
    x: share(goods, threshold),
    all: share(regions.flat(), threshold),
    pro: regions.reduce((sum, region) => sum + share(region, threshold), 0) / regions.length,
  }));
  let [auroc, aupro] = [0, 0];
  for (const [at, to] of points.entries()) {
    const from = points[at - 1];
    if (from === undefined) continue;
    auroc += ((to.x - from.x) * (to.all + from.all)) / 2;
    const end = Math.min(to.x, 0.3);
    if (from.x >= 0.3) continue;
    const pro = to.x === from.x ? to.pro : from.pro + ((to.pro - from.pro) * (end - from.x)) / (to.x - from.x);
    aupro += ((end - from.x) * (from.pro + pro)) / 2;
  }
  return { auroc, aupro: aupro / 0.3 };
}

describe.each([1, 2, 3, 4])('random maps, seed %d', (seed) => {
  test.each([1 << 20, 50, 5, 2])('with %d levels both areas are those of a walk over all thresholds', (levels) => {
    const maps = mapsOf(seed, levels);
    const expected = bruteForce(maps);
    const found = pixelAreas(maps);
    expect(found.auroc).toBeCloseTo(expected.auroc, 10);
    expect(found.aupro).toBeCloseTo(expected.aupro, 10);
  });
});

test('a small defect counts as much as a large one for the per-region area, and hardly for the per-pixel area', () => {
  const data = new Float32Array(width * height);
  const large = Array.from({ length: 24 }, (_, at) => at);
  for (const cell of large) data[cell] = 1; // the large one is found, the small one at 100 looks like a good cell
  const areas = pixelAreas([{ map: { width, height, data }, regions: [large, [100]] }]);
  expect(areas.aupro).toBeCloseTo(0.5 + 0.5 * 0.15, 10);
  expect(areas.auroc).toBeCloseTo((24 + 0.5) / 25, 10);
});

test('maps without defects or without good cells, and values that are no numbers, are refused by name', () => {
  const map = { width: 2, height: 1, data: Float32Array.of(0.1, 0.2) };
  expect(() => pixelAreas([{ map, regions: [] }])).toThrow(/no defective cell/);
  expect(() => pixelAreas([{ map, regions: [[0, 1]] }])).toThrow(/no good cell/);
  expect(() => pixelAreas([{ map: { ...map, data: Float32Array.of(0.1, Number.NaN) }, regions: [[0]] }])).toThrow(/no numbers/);
});
