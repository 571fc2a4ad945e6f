// Packed RGB pixels that can be drawn on.

import type { Picture } from './picture.ts';
import { toFrame } from './to-frame.ts';

/** RGB bytes, row by row without padding; drawing outside is clipped. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly channels: 3;
  readonly data: Uint8Array;
}

/** A copy of a picture to draw on. */
export function canvasOf(picture: Picture): Canvas {
  const frame = toFrame(picture, 'RGB');
  const data = frame.data === picture.data ? frame.data.slice() : frame.data;
  return { width: picture.width, height: picture.height, channels: 3, data };
}

/** Fills a rectangle, right and bottom excluded, in whole pixels; `opacity` 0..1. */
export function fillRectangle(
  canvas: Canvas,
  { left, top, right, bottom }: { left: number; top: number; right: number; bottom: number },
  colour: readonly [number, number, number],
  opacity = 1,
): void {
  const [fromX, toX] = [Math.max(0, left), Math.min(canvas.width, right)];
  for (let y = Math.max(0, top); y < Math.min(canvas.height, bottom); y += 1) {
    for (let at = (y * canvas.width + fromX) * 3, end = (y * canvas.width + toX) * 3; at < end; at += 3) {
      for (const channel of [0, 1, 2] as const) {
        const former = canvas.data[at + channel] ?? 0;
        canvas.data[at + channel] = Math.round(former + (colour[channel] - former) * opacity);
      }
    }
  }
}
