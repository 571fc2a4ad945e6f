// Anomaly maps and pictures as transparent layers that a page lays over the photograph.
import { heatIndex, heatTable } from './heat-colours.ts';
import type { HeatMap } from './heat-map.ts';
import type { Picture } from './picture.ts';
import { signedColour } from './signed-colours.ts';
import { toFrame } from './to-frame.ts';

/** RGBA bytes, row after row. */
export interface Layer {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The map in the kit's heat colours; values that are no numbers are magenta. */
export function heatLayer({ width, height, data }: HeatMap): Layer {
  const out = new Uint8Array(width * height * 4);
  for (let cell = 0; cell < data.length; cell += 1) {
    const value = data[cell] ?? 0;
    if (!Number.isFinite(value)) out.set(signedColour(value), cell * 4);
    else {
      const at = heatIndex(Math.min(1, Math.max(0, value)));
      out.set(heatTable.subarray(at, at + 4), cell * 4);
    }
  }
  return { width, height, data: out };
}

/** Second map minus first, in signed colours; undefined when their sizes differ. */
export function signedLayer(first: HeatMap, second: HeatMap): Layer | undefined {
  const { width, height } = first;
  if (second.width !== width || second.height !== height) return undefined;
  const out = new Uint8Array(width * height * 4);
  for (let cell = 0; cell < first.data.length; cell += 1)
    out.set(signedColour((second.data[cell] ?? 0) - (first.data[cell] ?? 0)), cell * 4);
  return { width, height, data: out };
}

interface Rgb {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/**
 * Where two RGB pictures of one size differ, the sharper the more opaque; at most `edge` pixels long, a pixel showing the largest
 * difference it covers, so that a scratch one pixel wide survives. Undefined when their sizes differ.
 */
export function differenceLayer(first: Rgb, second: Rgb, edge: number): Layer | undefined {
  if (first.width !== second.width || first.height !== second.height) return undefined;
  const step = Math.max(1, Math.ceil(Math.max(first.width, first.height) / edge));
  const [width, height] = [Math.ceil(first.width / step), Math.ceil(first.height / step)];
  const most = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < first.height; y += 1) {
    const row = Math.floor(y / step) * width;
    for (let x = 0; x < first.width; x += 1, at += 3) {
      const place = row + Math.floor(x / step);
      for (let channel = at; channel < at + 3; channel += 1) {
        const off = Math.abs((first.data[channel] ?? 0) - (second.data[channel] ?? 0));
        if (off > (most[place] ?? 0)) most[place] = off;
      }
    }
  }
  const out = new Uint8Array(width * height * 4);
  for (const [place, off] of most.entries())
    if (off > 0) out.set([225, 0, 190, Math.round(255 * (0.25 + 0.75 * Math.min(1, off / 32)))], place * 4);
  return { width, height, data: out };
}

/** The bright places of a mask, at most `edge` pixels long; a pixel shows what it covers, so that a scratch one pixel wide survives. */
export function maskLayer(mask: Picture, edge: number): Layer {
  const grey = toFrame(mask, 'GRAY');
  const step = Math.max(1, Math.ceil(Math.max(grey.width, grey.height) / edge));
  const [width, height] = [Math.ceil(grey.width / step), Math.ceil(grey.height / step)];
  const out = new Uint8Array(width * height * 4);
  for (let y = 0, at = 0; y < grey.height; y += 1) {
    const row = Math.floor(y / step) * width;
    for (let x = 0; x < grey.width; x += 1, at += 1)
      if ((grey.data[at] ?? 0) >= 128) out.set([0, 225, 255, 150], (row + Math.floor(x / step)) * 4);
  }
  return { width, height, data: out };
}
