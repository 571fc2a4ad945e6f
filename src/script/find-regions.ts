// Finds the connected regions of an anomaly map that reach a level, as the SDK's mvas::find_regions does.
import type { HeatMap } from '../image/heat-map.ts';

/** Cells of the map: x1 <= x < x2, y1 <= y < y2. */
export interface Region {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** Cells that reach the level. */
  readonly area: number;
  /** Greatest value. */
  readonly peak: number;
}

/** The regions of at least `minArea` cells, connected over all eight neighbours; the one with the greatest value comes first. */
export function findRegions(map: HeatMap, level: number, minArea: number): Region[] {
  const regions: Region[] = [];
  const taken = new Uint8Array(map.data.length);
  for (const [cell, value] of map.data.entries()) {
    if (taken[cell] === 1 || !(value >= level)) continue;
    const region = follow(map, level, cell, taken);
    if (region.area >= minArea) regions.push(region);
  }
  return regions.sort((a, b) => b.peak - a.peak);
}

function follow({ width, height, data }: HeatMap, level: number, start: number, taken: Uint8Array): Region {
  const region = { x1: width, y1: height, x2: 0, y2: 0, area: 0, peak: Number.NEGATIVE_INFINITY };
  const open = [start];
  taken[start] = 1;
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    const [x, y] = [cell % width, Math.floor(cell / width)];
    region.x1 = Math.min(region.x1, x);
    region.y1 = Math.min(region.y1, y);
    region.x2 = Math.max(region.x2, x + 1);
    region.y2 = Math.max(region.y2, y + 1);
    region.peak = Math.max(region.peak, data[cell] ?? 0);
    region.area += 1;
    for (let row = Math.max(y - 1, 0); row <= Math.min(y + 1, height - 1); row += 1) {
      for (let next = row * width + Math.max(x - 1, 0); next <= row * width + Math.min(x + 1, width - 1); next += 1) {
        if (taken[next] === 1 || !((data[next] ?? 0) >= level)) continue;
        taken[next] = 1;
        open.push(next);
      }
    }
  }
  return region;
}
