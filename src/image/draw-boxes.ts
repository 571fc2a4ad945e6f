// Draws boxes with their scores: a white line in a dark rim, which shows on every photograph.
import { type Canvas, fillRectangle } from './canvas.ts';
import { glyphSize, glyphs } from './digits.ts';

/** Corners in pixels of the picture, score 0..1. */
export interface DrawnBox {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly score: number;
}

interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const light = [255, 255, 255] as const;
const dark = [16, 18, 24] as const;

/** Draws the boxes; line and digits grow with the picture, which has to be readable as a thumbnail and at full size. */
export function drawBoxes(canvas: Canvas, boxes: readonly DrawnBox[]): void {
  const side = Math.min(canvas.width, canvas.height);
  const line = Math.max(1, Math.round(side / 240));
  const rim = Math.max(1, Math.round(line / 2));
  const digit = Math.max(1, Math.round(side / 240));
  const areas = boxes.filter(isDrawable).map(({ x1, y1, x2, y2, score }) => ({
    area: { left: Math.round(x1), top: Math.round(y1), right: Math.round(x2), bottom: Math.round(y2) },
    score,
  }));
  for (const { area } of areas) drawOutline(canvas, grown(area, rim), line + 2 * rim, dark, 0.75);
  for (const { area } of areas) drawOutline(canvas, area, line, light, 1);
  if (side < 96) return; // too small for digits that anybody could read
  for (const { area, score } of areas) drawTag(canvas, area, score.toFixed(2), digit, line + rim);
}

function isDrawable(box: DrawnBox): boolean {
  return Object.values(box).every(Number.isFinite) && box.x2 > box.x1 && box.y2 > box.y1;
}

function grown({ left, top, right, bottom }: Area, by: number): Area {
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by };
}

function drawOutline(canvas: Canvas, area: Area, line: number, colour: readonly [number, number, number], opacity: number): void {
  const inside = grown(area, -line);
  if (inside.left >= inside.right || inside.top >= inside.bottom) {
    fillRectangle(canvas, area, colour, opacity);
    return;
  }
  fillRectangle(canvas, { ...area, bottom: inside.top }, colour, opacity);
  fillRectangle(canvas, { ...area, top: inside.bottom }, colour, opacity);
  fillRectangle(canvas, { ...area, top: inside.top, bottom: inside.bottom, right: inside.left }, colour, opacity);
  fillRectangle(canvas, { ...area, top: inside.top, bottom: inside.bottom, left: inside.right }, colour, opacity);
}

/** A dark plate with the score above the box, or below its upper line where the picture ends. */
function drawTag(canvas: Canvas, area: Area, text: string, pixel: number, gap: number): void {
  const step = (glyphSize.width + 1) * pixel;
  const width = text.length * step + 2 * pixel;
  const height = (glyphSize.height + 3) * pixel;
  const left = Math.max(0, Math.min(area.left, canvas.width - width));
  const above = area.top - gap - height;
  const top = above >= 0 ? above : Math.max(0, area.top + gap);
  fillRectangle(canvas, { left, top, right: left + width, bottom: top + height }, dark, 0.8);
  for (const [index, character] of [...text].entries())
    drawGlyph(
      canvas,
      glyphs[character] ?? [],
      left + 2 * pixel + index * step - Math.floor(pixel / 2),
      top + Math.round(1.5 * pixel),
      pixel,
    );
}

function drawGlyph(canvas: Canvas, rows: readonly number[], left: number, top: number, pixel: number): void {
  for (const [row, bits] of rows.entries()) {
    for (let column = 0; column < glyphSize.width; column += 1) {
      if ((bits & (1 << (glyphSize.width - 1 - column))) === 0) continue;
      const [x, y] = [left + column * pixel, top + row * pixel];
      fillRectangle(canvas, { left: x, top: y, right: x + pixel, bottom: y + pixel }, light);
    }
  }
}
