import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256Hex } from '../core/digest.ts';
import { isFrameFormat } from './frame.ts';
import type { Picture } from './picture.ts';
import { pixelsSha256, toFrame } from './to-frame.ts';

const picture = (channels: 1 | 3 | 4, ...samples: number[]): Picture => ({
  path: 'part.png',
  width: samples.length / channels,
  height: 1,
  channels,
  data: Uint8Array.from(samples),
});

test.each([
  ['RGB as RGB', picture(3, 1, 2, 3, 4, 5, 6), 'RGB', [1, 2, 3, 4, 5, 6]],
  ['RGB as BGR', picture(3, 1, 2, 3, 4, 5, 6), 'BGR', [3, 2, 1, 6, 5, 4]],
  ['RGB as RGBA', picture(3, 1, 2, 3), 'RGBA', [1, 2, 3, 255]],
  ['RGBA as RGB', picture(4, 1, 2, 3, 0), 'RGB', [1, 2, 3]],
  ['RGBA as BGR', picture(4, 1, 2, 3, 0), 'BGR', [3, 2, 1]],
  ['RGBA as RGBA', picture(4, 1, 2, 3, 0), 'RGBA', [1, 2, 3, 0]],
  ['grey as RGB', picture(1, 7, 9), 'RGB', [7, 7, 7, 9, 9, 9]],
  ['grey as BGR', picture(1, 7), 'BGR', [7, 7, 7]],
  ['grey as RGBA', picture(1, 7), 'RGBA', [7, 7, 7, 255]],
  ['grey as GRAY', picture(1, 7, 9), 'GRAY', [7, 9]],
  ['pure red, green and blue as GRAY', picture(3, 255, 0, 0, 0, 255, 0, 0, 0, 255), 'GRAY', [76, 150, 29]],
  ['RGBA as GRAY', picture(4, 100, 150, 200, 0), 'GRAY', [141]],
] as const)('%s', (_title, source, format, samples) => {
  const frame = toFrame(source, format);
  expect([...frame.data]).toEqual(samples);
  expect(frame).toMatchObject({ width: source.width, height: 1, format, strideBytes: samples.length });
});

test('a grey value keeps its value through RGB', () => {
  const all = Array.from({ length: 256 }, (_, value) => value);
  const rgb = toFrame(picture(1, ...all), 'RGB');
  expect([...toFrame({ ...picture(3, ...rgb.data) }, 'GRAY').data]).toEqual(all);
});

test('whatever the picture, its formats agree with each other', () => {
  const anyPicture = fc
    .record({ channels: fc.constantFrom(1 as const, 3 as const, 4 as const), pixels: fc.integer({ min: 1, max: 50 }) })
    .chain(({ channels, pixels }) =>
      fc
        .array(fc.integer({ min: 0, max: 255 }), { minLength: channels * pixels, maxLength: channels * pixels })
        .map((samples) => picture(channels, ...samples)),
    );
  fc.assert(
    fc.property(anyPicture, (source) => {
      const [rgb, bgr, grey, rgba] = (['RGB', 'BGR', 'GRAY', 'RGBA'] as const).map((format) => toFrame(source, format).data);
      for (let at = 0; at < source.width; at += 1) {
        const [red = 0, green = 0, blue = 0] = rgb?.subarray(3 * at, 3 * at + 3) ?? [];
        expect([...(bgr?.subarray(3 * at, 3 * at + 3) ?? [])]).toEqual([blue, green, red]);
        expect([...(rgba?.subarray(4 * at, 4 * at + 3) ?? [])]).toEqual([red, green, blue]);
        expect(grey?.[at]).toBe((4899 * red + 9617 * green + 1868 * blue + 8192) >> 14);
        expect(rgba?.[4 * at + 3]).toBe(source.channels === 4 ? source.data[4 * at + 3] : 255);
      }
    }),
  );
});

test('the pixels digest is that of packed RGB, whatever the file stored', () => {
  expect(pixelsSha256(picture(1, 5))).toBe(sha256Hex(Uint8Array.from([5, 5, 5])));
  expect(pixelsSha256(picture(4, 5, 5, 5, 17))).toBe(pixelsSha256(picture(3, 5, 5, 5)));
  expect(pixelsSha256(picture(1, 6))).not.toBe(pixelsSha256(picture(1, 5)));
});

test('only the four formats of the interface are formats', () => {
  expect(['RGB', 'BGR', 'GRAY', 'RGBA'].every(isFrameFormat)).toBe(true);
  expect(['rgb', 'NV12', 'toString', ''].some(isFrameFormat)).toBe(false);
});
