// Lays an anomaly map over a picture in the kit's colours.
import type { Canvas } from './canvas.ts';
import { heatIndex, heatTable } from './heat-colours.ts';

/** Anomaly values 0..1, row by row; of any size, it covers the whole picture. */
export interface HeatMap {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Blends the map over the canvas, enlarged linearly with half-pixel centres. */
export function drawHeatMap(canvas: Canvas, map: HeatMap): void {
  const values = map.data.map(withinScale);
  const columns = samplePlaces(canvas.width, map.width);
  const rows = samplePlaces(canvas.height, map.height);
  for (let y = 0; y < canvas.height; y += 1) {
    const top = (rows.low[y] ?? 0) * map.width;
    const bottom = (rows.high[y] ?? 0) * map.width;
    const down = rows.part[y] ?? 0;
    for (let x = 0; x < canvas.width; x += 1) {
      const left = columns.low[x] ?? 0;
      const right = columns.high[x] ?? 0;
      const across = columns.part[x] ?? 0;
      const upper = mix(values[top + left] ?? 0, values[top + right] ?? 0, across);
      const lower = mix(values[bottom + left] ?? 0, values[bottom + right] ?? 0, across);
      blend(canvas.data, (y * canvas.width + x) * 3, heatIndex(mix(upper, lower, down)));
    }
  }
}

function blend(pixels: Uint8Array, at: number, heat: number): void {
  const opacity = (heatTable[heat + 3] ?? 0) / 255;
  if (opacity === 0) return;
  for (let channel = 0; channel < 3; channel += 1) {
    const former = pixels[at + channel] ?? 0;
    pixels[at + channel] = Math.round(former + ((heatTable[heat + channel] ?? 0) - former) * opacity);
  }
}

/** For each pixel of the larger side the two neighbours on the map and how far it lies towards the second. */
function samplePlaces(size: number, mapSize: number): { low: Int32Array; high: Int32Array; part: Float32Array } {
  const places = { low: new Int32Array(size), high: new Int32Array(size), part: new Float32Array(size) };
  for (let at = 0; at < size; at += 1) {
    const place = Math.min(mapSize - 1, Math.max(0, ((at + 0.5) * mapSize) / size - 0.5));
    places.low[at] = Math.floor(place);
    places.high[at] = Math.ceil(place);
    places.part[at] = place % 1;
  }
  return places;
}

/** What is no number or out of range must not spread to its neighbours. */
function withinScale(value: number): number {
  return value > 0 ? Math.min(value, 1) : 0;
}

function mix(from: number, to: number, part: number): number {
  return from + (to - from) * part;
}
