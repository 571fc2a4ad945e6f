// Draws a script's overlay: its anomaly map in a colour scale over the picture, boxes around the defects.
import { type Canvas, canvasOf, fillRectangle } from '../image/canvas.ts';
import type { HeatMap } from '../image/heat-map.ts';
import type { Picture } from '../image/picture.ts';
import { colourTable } from './colour-scales.ts';
import type { Rules } from './rules.ts';
import { resize } from './transforms/resize.ts';

/** Corners in pixels of the picture. */
export interface Corners {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** RGB pixels of the picture's size; values of the map beyond 0..1 are drawn as 0 and 1. */
export function drawFindings(picture: Picture, map: HeatMap | undefined, boxes: readonly Corners[], drawing: Rules['drawing']): Canvas {
  const canvas = canvasOf(picture);
  if (map !== undefined) drawMap(canvas, map, drawing);
  for (const box of boxes) drawBox(canvas, box, drawing);
  return canvas;
}

function drawMap(canvas: Canvas, { width, height, data }: HeatMap, { scale, alpha }: Rules['drawing']): void {
  const table = colourTable(scale);
  const values = { kind: 'pixels', width, height, channels: 1, order: 'GRAY', flat: false, data } as const;
  const target = { width: canvas.width, height: canvas.height, interpolation: 'bilinear', keep_aspect: false, pad_value: [0] } as const;
  const { data: heat } = resize(values, target);
  for (const [pixel, value] of heat.entries()) {
    const step = Math.round(Math.min(Math.max(value, 0), 1) * 255);
    for (let channel = 0; channel < 3; channel += 1) {
      const at = pixel * 3 + channel;
      canvas.data[at] = Math.round((canvas.data[at] ?? 0) * (1 - alpha) + (table[step * 3 + channel] ?? 0) * alpha);
    }
  }
}

function drawBox(canvas: Canvas, { x1, y1, x2, y2 }: Corners, { colour, line }: Rules['drawing']): void {
  const [left, top, right, bottom] = [x1, y1, x2, y2].map(Math.round) as [number, number, number, number];
  fillRectangle(canvas, { left, top, right, bottom: top + line }, colour);
  fillRectangle(canvas, { left, top: bottom - line, right, bottom }, colour);
  fillRectangle(canvas, { left, top, right: left + line, bottom }, colour);
  fillRectangle(canvas, { left: right - line, top, right, bottom }, colour);
}
