// The defects that a mask shows, as cells of an anomaly map.
import type { Picture } from '../../image/picture.ts';
import { toFrame } from '../../image/to-frame.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Finds the defects of a mask, bright on dark, joined by edges or corners, and returns the cells of each on a map that covers the whole
 * picture. A cell belongs to a defect that covers at least half of it; a defect that covers no cell by half gets the cell it covers most.
 */
export function maskRegions(mask: Picture, map: Size): number[][] {
  const grown = enlarged(toFrame(mask, 'GRAY'), map);
  const labels = labelled(grown);
  return cellsOf(labels, grown, map);
}

interface Grid extends Size {
  /** 1 where the mask is bright. */
  readonly data: Uint8Array;
}

/** The mask, each pixel repeated so often that a cell of the map holds at least one. */
function enlarged({ data, width, height }: Size & { data: Uint8Array }, map: Size): Grid {
  const [across, down] = [Math.ceil(map.width / width), Math.ceil(map.height / height)];
  const out = new Uint8Array(width * across * height * down);
  for (let y = 0, at = 0; y < height * down; y += 1) {
    const row = Math.floor(y / down) * width;
    for (let x = 0; x < width * across; x += 1, at += 1) out[at] = Number((data[row + Math.floor(x / across)] ?? 0) >= 128);
  }
  return { data: out, width: width * across, height: height * down };
}

/** The number of the defect each pixel belongs to, from 1 on; 0 for none. */
function labelled({ data, width, height }: Grid): Int32Array {
  const labels = new Int32Array(data.length);
  let count = 0;
  for (let start = 0; start < data.length; start += 1) {
    if (data[start] === 0 || labels[start] !== 0) continue;
    count += 1;
    labels[start] = count;
    const waiting = [start];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      for (const next of neighbours(at, width, height)) {
        if (data[next] === 0 || labels[next] !== 0) continue;
        labels[next] = count;
        waiting.push(next);
      }
    }
  }
  return labels;
}

function neighbours(at: number, width: number, height: number): number[] {
  const [x, y] = [at % width, Math.floor(at / width)];
  const found: number[] = [];
  for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row += 1)
    for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column += 1) found.push(row * width + column);
  return found;
}

function cellsOf(labels: Int32Array, { width, height }: Size, map: Size): number[][] {
  const pixels = new Uint32Array(map.width * map.height);
  const covered = new Map<number, Map<number, number>>();
  for (let y = 0, at = 0; y < height; y += 1) {
    const row = Math.floor((y * map.height) / height) * map.width;
    for (let x = 0; x < width; x += 1, at += 1) {
      const cell = row + Math.floor((x * map.width) / width);
      pixels[cell] = (pixels[cell] ?? 0) + 1;
      const label = labels[at] ?? 0;
      if (label === 0) continue;
      const cells = covered.get(label) ?? new Map<number, number>();
      covered.set(label, cells.set(cell, (cells.get(cell) ?? 0) + 1));
    }
  }
  return [...covered.values()].map((cells) => {
    const share = ([cell, count]: [number, number]): number => count / (pixels[cell] ?? 1);
    const found = [...cells].filter((entry) => share(entry) >= 0.5);
    const most = [...cells].reduce((best, entry) => (share(entry) > share(best) ? entry : best));
    return (found.length > 0 ? found : [most]).map(([cell]) => cell);
  });
}
