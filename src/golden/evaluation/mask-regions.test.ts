import { expect, test } from 'vitest';
import { maskRegions } from './mask-regions.ts';

function mask(...rows: string[]) {
  const width = rows[0]?.length ?? 0;
  const data = Uint8Array.from(rows.join(''), (sign) => (sign === '#' ? 255 : 0));
  return { path: 'mask.png', width, height: rows.length, channels: 1 as const, data };
}

test('places joined by edges or corners are one defect, others are apart', () => {
  const regions = maskRegions(mask('#...', '.#..', '...#', '...#'), { width: 4, height: 4 });
  expect(regions).toEqual([
    [0, 5],
    [11, 15],
  ]);
});

test('a cell belongs to a defect that covers half of it', () => {
  // cells of 2×2 pixels: all, half, a quarter
  const regions = maskRegions(mask('#######.', '###.....', '........', '........'), { width: 4, height: 2 });
  expect(regions).toEqual([[0, 1, 2]]);
});

test('a defect smaller than half a cell keeps the cell it covers most', () => {
  expect(maskRegions(mask('........', '...##...', '....#...', '........'), { width: 2, height: 1 })).toEqual([[1]]);
});

test('a mask smaller than the map is enlarged', () => {
  expect(maskRegions(mask('.#'), { width: 4, height: 2 })).toEqual([[2, 3, 6, 7]]);
});

test('a dark mask shows no defect', () => {
  expect(maskRegions(mask('..', '..'), { width: 2, height: 2 })).toEqual([]);
});
