import { expect, test } from 'vitest';
import { drawOverlay } from './overlay.ts';
import type { Picture } from './picture.ts';

function grey(width: number, height: number, value = 100): Picture {
  return { path: 'grey.png', width, height, channels: 1, data: new Uint8Array(width * height).fill(value) };
}

function evenMap(value: number) {
  return { width: 4, height: 4, data: new Float32Array(16).fill(value) };
}

function pixel(canvas: { width: number; data: Uint8Array }, x: number, y: number): number[] {
  return [...canvas.data.subarray((y * canvas.width + x) * 3, (y * canvas.width + x) * 3 + 3)];
}

test('where the map is low the photograph stays as it is, and the picture handed in is never changed', () => {
  const picture = grey(50, 40);
  const overlay = drawOverlay(picture, { anomalyMap: evenMap(0.1), boxes: [] });
  expect(overlay.data.every((value) => value === 100)).toBe(true);
  drawOverlay(picture, { anomalyMap: evenMap(1), boxes: [] });
  expect(picture.data.every((value) => value === 100)).toBe(true);
});

test('the same value has the same colour, whatever the maximum of its map is', () => {
  const single = drawOverlay(grey(8, 8), { anomalyMap: evenMap(0.5), boxes: [] });
  const mixed = evenMap(0.5);
  mixed.data.fill(1, 8);
  const shared = drawOverlay(grey(8, 8), { anomalyMap: mixed, boxes: [] });
  expect(pixel(shared, 0, 0)).toEqual(pixel(single, 0, 0));
  const [red = 0, green = 0, blue = 0] = pixel(shared, 7, 7);
  expect(red).toBeGreaterThan(150);
  expect(Math.max(green, blue)).toBeLessThan(60);
});

test('a hot spot lies where the map has it, in a picture of another shape', () => {
  const map = { width: 2, height: 2, data: Float32Array.of(0, 0, 0, 1) };
  const overlay = drawOverlay(grey(90, 30), { anomalyMap: map, boxes: [] });
  expect(pixel(overlay, 0, 0)).toEqual([100, 100, 100]);
  expect(pixel(overlay, 89, 0)).toEqual([100, 100, 100]);
  expect(pixel(overlay, 89, 29)).not.toEqual([100, 100, 100]);
});

test('values that are no number or out of range are drawn as the nearer end', () => {
  const wild = { width: 2, height: 1, data: Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY) };
  const overlay = drawOverlay(grey(2, 1), { anomalyMap: wild, boxes: [] });
  expect(pixel(overlay, 0, 0)).toEqual([100, 100, 100]);
  expect(pixel(overlay, 1, 0)).toEqual(pixel(drawOverlay(grey(1, 1), { anomalyMap: evenMap(1), boxes: [] }), 0, 0));
});

test('a box is a white line on its corners in a dark rim, and leaves its inside alone', () => {
  const overlay = drawOverlay(grey(80, 80), { boxes: [{ x1: 20, y1: 20, x2: 40, y2: 50, score: 0.5 }] });
  expect(pixel(overlay, 20, 20)).toEqual([255, 255, 255]);
  expect(pixel(overlay, 39, 49)).toEqual([255, 255, 255]);
  expect(pixel(overlay, 19, 35)[0]).toBeLessThan(60);
  expect(pixel(overlay, 30, 35)).toEqual([100, 100, 100]);
});

test('the line of a box grows with the picture', () => {
  const lineOf = (side: number) => {
    const overlay = drawOverlay(grey(side, side), { boxes: [{ x1: side / 4, y1: side / 4, x2: side / 2, y2: side / 2, score: 0.5 }] });
    const row = Array.from({ length: side / 2 }, (_, x) => pixel(overlay, x, Math.round(side * 0.4)));
    return row.filter((colour) => colour[0] === 255).length;
  };
  expect([lineOf(480), lineOf(1920)]).toEqual([4, 16]); // left and right line of 2 and 8 pixels
});

test('boxes at or beyond the border, without area or without numbers spoil nothing', () => {
  const boxes = [
    { x1: -20, y1: -20, x2: 500, y2: 500, score: 1 },
    { x1: 90, y1: 90, x2: 100, y2: 100, score: 0.2 },
    { x1: 5, y1: 5, x2: 5, y2: 9, score: 0.2 },
    { x1: Number.NaN, y1: 0, x2: 9, y2: 9, score: 0.2 },
  ];
  expect(drawOverlay(grey(100, 100), { boxes }).data).toHaveLength(30_000);
  expect(drawOverlay(grey(1, 1), { anomalyMap: evenMap(1), boxes }).data).toHaveLength(3);
});

test('the score stands on the picture, above the box or inside where there is no room', () => {
  const high = drawOverlay(grey(200, 200), { boxes: [{ x1: 50, y1: 60, x2: 120, y2: 120, score: 0.93 }] });
  expect(pixel(high, 51, 49)[0]).toBeLessThan(60);
  const top = drawOverlay(grey(200, 200), { boxes: [{ x1: 50, y1: 0, x2: 120, y2: 60, score: 0.93 }] });
  expect(pixel(top, 51, 4)[0]).toBeLessThan(60);
});

test("the plugin's own visualization is shown as it is", () => {
  const visualization = { width: 1, height: 2, data: Uint8Array.of(1, 2, 3, 4, 5, 6) };
  expect(drawOverlay(grey(9, 9), { visualization, anomalyMap: evenMap(1), boxes: [] })).toEqual({ ...visualization, channels: 3 });
});
