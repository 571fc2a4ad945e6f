// The generated images are seeded, varied, and of bounded cost.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../random.ts';
import { drawImage, layOut } from '../test-image.ts';
import { anyImage, imageDrawer } from './any-image.ts';
import { contents, paint } from './contents.ts';
import { anyLayout, layouts, usualStrides } from './layouts.ts';
import { isLegal, liar } from './lies.ts';
import { largeSize, unusualSizes } from './sizes.ts';
import { turns } from './turns.ts';

const frame = { width: 64, height: 48, format: 'RGB' };

describe('pictures', () => {
  test('the same seed paints the same, another seed another picture', () => {
    for (const content of ['spot', 'constant', 'noise', 'blocks', 'dot'] as const) {
      const painted = (seed: number) => paint(content, { width: 40, height: 30, channels: 3 }, seededRandom(seed));
      expect(painted(7)).toEqual(painted(7));
      expect(painted(7), content).not.toEqual(painted(8));
    }
  });

  test('a seed that was told with a failure paints the same in later versions', () => {
    const hash = createHash('sha256');
    for (const content of contents) hash.update(paint(content, { width: 61, height: 47, channels: 3 }, seededRandom(7)));
    expect(hash.digest('hex')).toBe('026236de177fc8f8a376a9a7913f5dfab020b1a56f359537b0c94c40a4d3a486');
  });

  test('no two pictures are the same', () => {
    const painted = contents.map((content) => drawImage(frame, seededRandom(3), content).pixels.toString());
    expect(new Set(painted).size).toBe(contents.length);
  });

  test('every picture fits one pixel and one row', () => {
    for (const content of contents)
      for (const [width, height] of [
        [1, 1],
        [9, 1],
        [1, 9],
      ] as const)
        expect(paint(content, { width, height, channels: 4 }, seededRandom(1))).toHaveLength(width * height * 4);
  });
});

describe('sizes', () => {
  test('there are single pixels, rows and columns, odd sides and a megapixel, and none costs much', () => {
    const random = seededRandom(5);
    const sizes = unusualSizes(frame, random);
    expect(sizes).toContainEqual({ width: 1, height: 1 });
    expect(sizes.some(({ width, height }) => width === 1 && height > 1)).toBe(true);
    expect(sizes.some(({ width, height }) => width > 1 && height === 1)).toBe(true);
    expect(sizes.every(({ width, height }) => width * height < 100_000)).toBe(true);
    const large = largeSize(random);
    expect(large.width * large.height).toBeGreaterThan(1 << 20);
    expect([large.width % 2, large.height % 2]).toEqual([1, 1]);
  });
});

describe('layouts', () => {
  test('rows lie as far apart as the stride says, with padding between and none behind the last', () => {
    const image = drawImage({ width: 5, height: 3, format: 'BGR' }, seededRandom(2), 'noise');
    for (const strideBytes of usualStrides(image)) {
      const laid = layOut({ ...image, strideBytes, padding: 0xee });
      expect(laid).toHaveLength(2 * strideBytes + 15);
      for (const row of [0, 1, 2])
        expect(laid.subarray(row * strideBytes, row * strideBytes + 15)).toEqual(image.pixels.subarray(row * 15, row * 15 + 15));
      expect(laid.subarray(15, strideBytes).every((byte) => byte === 0xee)).toBe(true);
    }
  });

  test('an image at random keeps its pixels whatever its layout', () => {
    const random = seededRandom(11);
    const seen = Array.from({ length: 50 }, () => anyImage(['RGB', 'GRAY'], frame, random));
    expect(new Set(seen.map(({ format }) => format))).toEqual(new Set(['RGB', 'GRAY']));
    expect(new Set(seen.map(({ offsetBytes }) => offsetBytes)).size).toBeGreaterThan(10);
    const image = seen[0] as (typeof seen)[number];
    const { strideBytes } = anyLayout(image, random);
    expect(strideBytes).toBeGreaterThanOrEqual(image.width * image.channels);
  });
});

describe('whatever the seed', () => {
  const seeds = Array.from({ length: 50 }, (_, seed) => seed);
  const of = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

  test.each(seeds)('%d, all things have their turn before one comes again', (seed) => {
    const deal = turns(['a', 'b', 'c'], seededRandom(seed));
    expect(of(3, deal).sort()).toEqual(['a', 'b', 'c']);
    expect(of(3, deal).sort()).toEqual(['a', 'b', 'c']);
  });

  test.each(seeds)('%d, images show many pictures, lie packed and as crops, are odd in each format, thin and flat', (seed) => {
    const random = seededRandom(seed);
    const [draw, format] = [imageDrawer(frame, random), turns(['RGB', 'BGR', 'GRAY', 'RGBA'], random)];
    const seen = of(22, () => draw(format()));
    for (const name of ['RGB', 'BGR', 'GRAY', 'RGBA'])
      expect(seen.some(({ format, width }) => format === name && width % 2 === 1)).toBe(true);
    expect(seen.some(({ width }) => width === 1)).toBe(true);
    expect(seen.some(({ height }) => height === 1)).toBe(true);
    expect(seen.filter(({ width, height }) => width === frame.width && height === frame.height).length).toBeGreaterThan(0);
    expect(new Set(seen.map(({ pixels }) => pixels.toString())).size).toBeGreaterThan(contents.length);
    const ofRows = seen.filter(({ height }) => height > 1);
    expect(ofRows.some(({ strideBytes, width, channels }) => strideBytes === width * channels)).toBe(true);
    expect(ofRows.some(({ strideBytes, width, channels }) => strideBytes === width * channels + 4096)).toBe(true);
    expect(seen.some(({ padding }) => padding < 64) && seen.some(({ padding }) => padding >= 192)).toBe(true);
  });

  test.each(seeds)('%d, layouts of padded rows never pack them', (seed) => {
    const layout = layouts(seededRandom(seed), 'padded');
    const image = drawImage({ width: 9, height: 5, format: 'RGB' }, seededRandom(1));
    expect(of(12, () => layout(image).strideBytes).every((stride) => stride > 27)).toBe(true);
  });

  test.each(seeds)('%d, each lie is told alone', (seed) => {
    const tell = liar(seededRandom(seed));
    const image = drawImage({ width: 9, height: 5, format: 'RGB' }, seededRandom(1));
    const told = of(14, () => tell(image));
    expect(told.filter((one) => isLegal(one))).toHaveLength(2); // the two that tell of a part
    const are = (is: (one: (typeof told)[number]) => boolean) => expect(told.filter(is).length).toBeGreaterThan(0);
    are(({ format, claims }) => format === null && Object.keys(claims).length === 0);
    are(({ claims }) => claims.data === null);
    are(({ claims }) => claims.width === 0);
    are(({ claims }) => (claims.height ?? 0) < 0);
    are(({ claims }) => claims.strideBytes === -27);
    are(({ claims }) => claims.channels !== undefined && claims.channels > 0);
  });
});
