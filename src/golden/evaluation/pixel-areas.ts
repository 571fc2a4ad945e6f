// How well anomaly maps part defective places from good ones: AUROC over all cells, and AUPRO, where every defect counts alike.
import { KitError } from '../../core/kit-error.ts';
import type { HeatMap } from '../../image/heat-map.ts';

/** A map and its defects, each as the indices of its cells; none for a good part. */
export interface LabelledMap {
  readonly map: HeatMap;
  readonly regions: readonly (readonly number[])[];
}

/** Both figures, 0 to 1. */
export interface PixelAreas {
  readonly auroc: number;
  /** Area under the per-region overlap up to a false positive rate of 0.3, over 0.3. */
  readonly aupro: number;
}

const proLimit = 0.3;

/**
 * Measures maps cell by cell.
 *
 * @throws {@link KitError} `NOTHING_TESTED` when no cell is defective or none is good, `PLUGIN_FAILED` when a value is no number.
 */
export function pixelAreas(maps: readonly LabelledMap[]): PixelAreas {
  const goods = goodCells(maps);
  const regions = maps.flatMap(({ map, regions: found }) => found.map((cells) => Float32Array.from(cells, (cell) => map.data[cell] ?? 0)));
  const cells = regions.reduce((sum, { length }) => sum + length, 0);
  if (cells === 0 || goods.length === 0)
    throw new KitError(
      'NOTHING_TESTED',
      `the masks leave no ${cells === 0 ? 'defective' : 'good'} cell: how well places are parted needs both`,
    );
  let [auroc, overlap] = [0, 0];
  for (const region of regions) {
    for (const value of region) {
      const from = shareOver(goods, value, false);
      const to = shareOver(goods, value, true);
      auroc += areaFrom(from, to, 1) / cells;
      overlap += areaFrom(from, to, proLimit) / region.length / regions.length;
    }
  }
  // sums of many shares may pass 1 by rounding
  return { auroc: Math.min(1, auroc), aupro: Math.min(1, overlap / proLimit) };
}

/** Values of all cells that belong to no defect, ascending. */
function goodCells(maps: readonly LabelledMap[]): Float32Array {
  const parts = maps.map(({ map, regions }) => {
    if (!map.data.every(Number.isFinite))
      throw new KitError('PLUGIN_FAILED', 'an anomaly map holds values that are no numbers', { hint: 'mend the plugin' });
    const defective = new Set(regions.flat());
    return map.data.filter((_, cell) => !defective.has(cell));
  });
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all.sort();
}

/** Share of the ascending values that lie over one, or at it too. */
function shareOver(values: Float32Array, value: number, atToo: boolean): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const over = atToo ? (values[middle] ?? 0) >= value : (values[middle] ?? 0) > value;
    if (over) high = middle;
    else low = middle + 1;
  }
  return (values.length - low) / values.length;
}

/**
 * What one defective cell adds to the area up to `limit`: it is found from the false positive rate `to` on; between `from` and `to`, where
 * good cells have its very value, the curve is a straight line.
 */
function areaFrom(from: number, to: number, limit: number): number {
  if (limit <= from) return 0;
  if (limit < to) return (limit - from) ** 2 / (2 * (to - from));
  return limit - to + (to - from) / 2;
}
