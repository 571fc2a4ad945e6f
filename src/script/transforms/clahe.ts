// clahe: contrast evened out tile by tile, as cv2.createCLAHE does it.
import { reflected } from './gaussian-blur.ts';
import { type Pixels, space, transformError } from './pixels.ts';

/** Parameters of clahe; the grid is columns by rows. */
export interface ClaheParams {
  readonly clip_limit: number;
  readonly tile_grid_size: readonly number[];
}

/** Most tiles, each of which has a table. */
const maxTiles = 4096;

interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
}

/**
 * Evens out the contrast of a grey picture of 8 bits.
 *
 * @throws {@link KitError} `FILE_INVALID` for colours or floats, which OpenCV refuses as well, and for a grid finer than the picture.
 */
export function clahe(image: Pixels, { clip_limit: limit, tile_grid_size: [columns = 8, rows = 8] }: ClaheParams): Pixels {
  const { data, width, height } = image;
  if (!(data instanceof Uint8Array) || image.channels !== 1)
    throw transformError('takes grey pictures of 8 bits', 'put grayscale before it and normalize after it');
  if (columns * rows > maxTiles || columns > width || rows > height)
    throw transformError(
      `has ${columns}×${rows} tiles for a picture of ${width}×${height} pixels; at most ${maxTiles}, and none without a pixel`,
      'write a smaller tile_grid_size',
    );
  const even = width % columns === 0 && height % rows === 0;
  const full = (size: number, parts: number) => (even ? size : size + parts - (size % parts)) / parts;
  const grid = { columns, rows, tileWidth: full(width, columns), tileHeight: full(height, rows) };
  return { ...image, data: mapped(image, data, grid, tables(image, data, grid, limit)) };
}

/** One table of 256 grey values a tile. */
function tables({ width, height }: Pixels, data: Uint8Array, grid: Grid, limit: number): Uint8Array {
  const { columns, rows, tileWidth, tileHeight } = grid;
  const area = tileWidth * tileHeight;
  const most = Math.max(Math.floor((limit * area) / 256), 1);
  const out = new Uint8Array(columns * rows * 256);
  for (let tile = 0; tile < columns * rows; tile += 1) {
    const [left, top] = [(tile % columns) * tileWidth, Math.floor(tile / columns) * tileHeight];
    const counts = new Int32Array(256);
    for (let y = top; y < top + tileHeight; y += 1) {
      const row = reflected(y, height) * width;
      for (let x = left; x < left + tileWidth; x += 1) {
        const grey = data[row + reflected(x, width)] ?? 0;
        counts[grey] = (counts[grey] ?? 0) + 1;
      }
    }
    clip(counts, most);
    const scale = Math.fround(255 / area);
    let sum = 0;
    for (const [grey, count] of counts.entries()) {
      sum += count;
      out[tile * 256 + grey] = Math.min(Math.round(Math.fround(sum * scale)), 255);
    }
  }
  return out;
}

/** Cuts counts off at the limit and deals what was cut off out to all, the rest in even steps. */
function clip(counts: Int32Array, most: number): void {
  let cut = 0;
  for (const [grey, count] of counts.entries()) {
    if (count <= most) continue;
    cut += count - most;
    counts[grey] = most;
  }
  const share = Math.floor(cut / 256);
  let rest = cut - share * 256;
  for (const grey of counts.keys()) counts[grey] = (counts[grey] ?? 0) + share;
  const step = Math.max(Math.floor(256 / Math.max(rest, 1)), 1);
  for (let grey = 0; grey < 256 && rest > 0; grey += step, rest -= 1) counts[grey] = (counts[grey] ?? 0) + 1;
}

/** Every pixel by the tables of the four tiles around it, weighted by their distance. */
function mapped({ width, height }: Pixels, data: Uint8Array, grid: Grid, luts: Uint8Array): Uint8Array {
  const out = space(data, data.length);
  const across = Array.from({ length: width }, (_, x) => between(x, grid.tileWidth, grid.columns));
  for (let y = 0; y < height; y += 1) {
    const down = between(y, grid.tileHeight, grid.rows);
    const [upper, lower] = [down.low * grid.columns, down.high * grid.columns];
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      const grey = data[at] ?? 0;
      const { low, high, part } = across[x] ?? down;
      const value = (tile: number) => luts[tile * 256 + grey] ?? 0;
      const top = value(upper + low) * (1 - part) + value(upper + high) * part;
      const bottom = value(lower + low) * (1 - part) + value(lower + high) * part;
      out[at] = Math.round(top * (1 - down.part) + bottom * down.part);
    }
  }
  return out;
}

function between(place: number, size: number, count: number): { low: number; high: number; part: number } {
  const at = Math.fround(place / size - 0.5);
  const low = Math.floor(at);
  return { low: Math.max(low, 0), high: Math.min(low + 1, count - 1), part: at - low };
}
