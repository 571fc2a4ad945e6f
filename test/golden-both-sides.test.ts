import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transformer } from '@napi-rs/image';
import { describe, expect, test } from 'vitest';
import { compareBoxes } from '../src/golden/compare-boxes.ts';
import { compareMap } from '../src/golden/compare-map.ts';
import { compareVisualization, type RgbImage } from '../src/golden/compare-visualization.ts';
import { decodingProblem } from '../src/golden/decoding.ts';
import type { GoldenLine } from '../src/golden/golden-line.ts';
import { limitsOf } from '../src/golden/tolerance.ts';
import { decodeImage } from '../src/image/decode-image.ts';
import type { HeatMap } from '../src/image/heat-map.ts';
import { readNpy } from '../src/image/npy.ts';
import { pixelsSha256, toFrame } from '../src/image/to-frame.ts';
import { scratchFolder } from './scratch.ts';

// Each tolerance on both sides of its line, on photographs and maps that a real plugin made.
const recorded = join(import.meta.dirname, '../templates/cpp-onnx/test');
const holds = (lines: readonly GoldenLine[]): boolean => lines.every(({ ok }) => ok);

describe('a photograph', async () => {
  const photograph: RgbImage = toFrame(await decodeImage(join(recorded, 'test_images/good_01.png')), 'RGB');
  const limits = limitsOf('visualization');
  const changed = (change: (data: Uint8Array) => void): boolean => {
    const data = photograph.data.slice();
    change(data);
    return holds(compareVisualization(photograph, { ...photograph, data }, limits));
  };
  const levels = (by: number) => (data: Uint8Array) => {
    for (let at = 0; at < data.length; at += 1) data[at] = Math.min(255, (data[at] ?? 0) + by);
  };
  /** A line one pixel wide, `length` pixels down and to the right, darker by `by` levels. */
  const scratch = (length: number, by: number) => (data: Uint8Array) => {
    for (let step = 0; step < length; step += 1) {
      const at = ((40 + step) * photograph.width + 60 + Math.floor(step / 3)) * 3;
      for (let channel = at; channel < at + 3; channel += 1) data[channel] = Math.max(0, (data[channel] ?? 0) - by);
    }
  };

  test('with a hairline scratch of 25 levels does not pass, with one of 2 levels it does', () => {
    expect(changed(scratch(60, 2))).toBe(true);
    expect(changed(scratch(60, 25))).toBe(false);
    expect(60).toBeLessThan(photograph.width * photograph.height * limits.outside.value); // the share alone would let it pass
  });

  test('brighter everywhere by 20 levels, or by 3, does not pass, by 2 it does', () => {
    expect(changed(levels(2))).toBe(true);
    expect(changed(levels(3))).toBe(false);
    expect(changed(levels(20))).toBe(false);
  });

  test('as JPEG decoded by another library is called a change of decoding', async () => {
    const { default: sharp } = await import('sharp');
    const { data, width, height } = photograph;
    const path = join(await scratchFolder(), 'part.jpg');
    const bytes = await sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 85 })
      .toBuffer();
    await writeFile(path, bytes);
    const picture = await decodeImage(path);
    const other = { ...picture, channels: 3 as const, data: await new Transformer(bytes).rawPixels() };
    const entry = { image: 'part.jpg', decision: 'pass', pixels_sha256: pixelsSha256(other) };
    expect(decodingProblem(entry, other)).toBeUndefined();
    expect(decodingProblem(entry, picture)).toMatch(/^input decoding changed/);
  });
});

describe('an anomaly map', async () => {
  const map = await readNpy(join(recorded, 'expected/scratch_01.png.map.npy'));
  const limits = limitsOf('anomaly_map');
  const against = (data: Float32Array): boolean => holds(compareMap(map, { ...map, data }, limits, 0.5));
  const shifted = ({ width, height, data }: HeatMap, by: number): Float32Array =>
    data.map((_, at) => data[Math.floor(at / width) * width + Math.min(width - 1, Math.max(0, (at % width) - by))] ?? height);

  test('passes as it is, and shifted by one cell it does not', () => {
    expect(against(shifted(map, 0))).toBe(true);
    expect(against(shifted(map, 1))).toBe(false);
  });

  test('with NaN in one cell does not pass', () => {
    const data = map.data.slice();
    data[12345] = Number.NaN;
    expect(against(data)).toBe(false);
  });

  test('with the noise of other rounding passes, with a defect more in 11 cells it does not', () => {
    expect(against(map.data.map((value, at) => Math.fround(value * (1 + (((at * 7919) % 13) - 6) * 1e-6))))).toBe(true);
    const spoiled = map.data.slice();
    for (let cell = 0; cell < 11; cell += 1) spoiled[200 * map.width + 200 + cell] = 0.9;
    expect(against(spoiled)).toBe(false);
  });
});

describe('boxes', () => {
  // as the plugin of the template finds a scratch, in pixels of the photograph
  const box = { x1: 126.25, y1: 135, x2: 181.25, y2: 171.5625, score: 0.99, class: 0 };
  const small = { x1: 20, y1: 30, x2: 44, y2: 50, score: 0.8, class: 0 };
  const against = (found: readonly (typeof box)[]): boolean => holds(compareBoxes([box, small], found, limitsOf('bboxes')));
  const moved = (by: number) => ({ ...box, x1: box.x1 + by, x2: box.x2 + by });

  test('in another order pass, one missing or one more does not', () => {
    expect(against([small, box])).toBe(true);
    expect(against([box])).toBe(false);
    expect(against([box, small, { ...small, x1: 200, x2: 220 }])).toBe(false);
  });

  test('moved by 2 pixels pass, by 3 they do not', () => {
    expect(against([moved(2), small])).toBe(true);
    expect(against([moved(3), small])).toBe(false);
    expect(against([box, { ...small, x1: small.x1 + 3, x2: small.x2 + 3 }])).toBe(false);
  });

  test('of another class do not pass', () => {
    expect(against([{ ...box, class: 1 }, small])).toBe(false);
  });
});
