import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { bmpBytes, pngBytes, tiffBytes } from '../../test/picture-files.ts';
import { scratchFolder } from '../../test/scratch.ts';
import { decodeImage } from './decode-image.ts';
import type { Picture } from './picture.ts';

async function decoded(bytes: Uint8Array, name = 'part.png'): Promise<Picture> {
  const path = join(await scratchFolder(), name);
  await writeFile(path, bytes);
  return await decodeImage(path);
}

async function refusal(bytes: Uint8Array): Promise<unknown> {
  return await decoded(bytes).catch((error: unknown) => error);
}

const black = [10, 10, 10] as const;
const white = [250, 250, 250] as const;
const tiff8 = { 256: [2], 257: [1], 258: [8], 259: [1], 262: [1], 277: [1], 278: [1] };

describe('samples come out exactly as stored', () => {
  test.each([
    ['grey of 8 bits', pngBytes(2, 1, 8, 0, [[10, 200]]), 1, [10, 200]],
    ['grey of 1 bit', pngBytes(2, 1, 1, 0, [[0x40]]), 1, [0, 255]],
    ['grey of 4 bits', pngBytes(2, 1, 4, 0, [[0x5a]]), 1, [85, 170]],
    ['grey of 16 bits', pngBytes(3, 1, 16, 0, [[0, 128, 0, 129, 0xff, 0x7f]]), 1, [0, 1, 255]],
    ['RGB of 16 bits', pngBytes(1, 1, 16, 2, [[0x12, 0x34, 0xff, 0xff, 0, 1]]), 3, [18, 255, 0]],
    ['grey with alpha', pngBytes(2, 1, 8, 4, [[10, 128, 200, 0]]), 4, [10, 10, 10, 128, 200, 200, 200, 0]],
    ['grey of 16 bits with alpha', pngBytes(1, 1, 16, 4, [[0x80, 0x80, 0xff, 0xff]]), 4, [128, 128, 128, 255]],
    ['RGBA, fully transparent', pngBytes(1, 1, 8, 6, [[10, 128, 200, 0]]), 4, [10, 128, 200, 0]],
    ['RGBA of 16 bits', pngBytes(1, 1, 16, 6, [[1, 1, 2, 2, 3, 3, 4, 4]]), 4, [1, 2, 3, 4]],
    ['a palette', pngBytes(2, 1, 8, 3, [[0, 1]], [['PLTE', [1, 2, 3, 250, 100, 50]]]), 3, [1, 2, 3, 250, 100, 50]],
    ['a grey palette of 1 bit', pngBytes(2, 1, 1, 3, [[0x40]], [['PLTE', [...black, ...white]]]), 3, [...black, ...white]],
    ['a transparent colour', pngBytes(2, 1, 8, 0, [[10, 200]], [['tRNS', [0, 10]]]), 4, [10, 10, 10, 0, 200, 200, 200, 255]],
    ['BMP of 24 bits', bmpBytes(2, 1, 24, [[1, 2, 3, 4, 5, 6]]), 3, [3, 2, 1, 6, 5, 4]],
    ['BMP with rows from the bottom', bmpBytes(1, 2, 24, [[1, 2, 3], [4, 5, 6]]), 3, [6, 5, 4, 3, 2, 1]], // biome-ignore format: a row a line would hide the order
    ['BMP with rows from the top', bmpBytes(1, -2, 24, [[1, 2, 3], [4, 5, 6]]), 3, [3, 2, 1, 6, 5, 4]], // biome-ignore format: as above
    ['BMP of 32 bits, the fourth unused', bmpBytes(1, 1, 32, [[1, 2, 3, 4]]), 3, [3, 2, 1]],
    ['BMP of 1 bit', bmpBytes(2, 1, 1, [[0x40]], [black, white]), 3, [...black, ...white]],
    ['BMP of 4 bits', bmpBytes(2, 1, 4, [[0x01]], [black, white]), 3, [...black, ...white]],
    ['BMP of 8 bits', bmpBytes(2, 1, 8, [[1, 0]], [black, white]), 3, [...white, ...black]],
    ['TIFF, black is zero', tiffBytes([{ tags: tiff8, data: Buffer.from([10, 200]) }]), 1, [10, 200]],
    ['TIFF, white is zero', tiffBytes([{ tags: { ...tiff8, 262: [0] }, data: Buffer.from([10, 200]) }]), 1, [245, 55]],
    ['TIFF of 16 bits', tiffBytes([{ tags: { ...tiff8, 258: [16] }, data: Buffer.from([0x7f, 0, 0xff, 0xff]) }]), 1, [0, 255]],
    [
      'TIFF of 16 bit RGB',
      tiffBytes([{ tags: { ...tiff8, 256: [1], 258: [16, 16, 16], 262: [2], 277: [3] }, data: Buffer.from([0, 1, 0, 2, 0, 3]) }]),
      3,
      [1, 2, 3],
    ],
  ])('%s', async (_title, bytes, channels, samples) => {
    const picture = await decoded(bytes);
    expect(picture.channels).toBe(channels);
    expect([...picture.data]).toEqual(samples);
  });
});

test('16 bit samples are divided by 257 and rounded, for all 65536 values', async () => {
  const row = Array.from({ length: 65536 }, (_, value) => [value >> 8, value & 255]).flat();
  const picture = await decoded(pngBytes(65536, 1, 16, 0, [row]));
  expect(picture.data.every((sample, value) => sample === Math.round(value / 257))).toBe(true);
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])('the EXIF orientation %i is applied to JPEG, PNG, TIFF and WebP alike', async (orientation) => {
  const data = Buffer.from([0, 40, 80, 120, 160, 200]);
  const upright = [[0, 40, 80, 120, 160, 200], [80, 40, 0, 200, 160, 120], [200, 160, 120, 80, 40, 0], [120, 160, 200, 0, 40, 80],
    [0, 120, 40, 160, 80, 200], [120, 0, 160, 40, 200, 80], [200, 80, 160, 40, 120, 0], [80, 200, 40, 160, 0, 120]][orientation - 1]; // biome-ignore format: one line an orientation pair
  const raw = sharp(data, { raw: { width: 3, height: 2, channels: 1 } }).withMetadata({ orientation });
  const files = [
    raw.clone().toColourspace('b-w').png(),
    raw.clone().toColourspace('b-w').tiff({ compression: 'lzw' }),
    raw.clone().webp({ lossless: true }),
  ];
  for (const file of files) {
    const { data: samples, width, height, channels } = await decoded(await file.toBuffer());
    expect({ width, height }).toEqual(orientation > 4 ? { width: 2, height: 3 } : { width: 3, height: 2 });
    expect([...samples].filter((_, at) => at % channels === 0)).toEqual(upright);
  }
  const jpeg = await decoded(await raw.clone().toColourspace('b-w').jpeg({ quality: 100 }).toBuffer());
  expect(jpeg.width).toBe(orientation > 4 ? 2 : 3);
  expect(
    [...jpeg.data].filter((_, at) => at % jpeg.channels === 0).every((sample, at) => Math.abs(sample - (upright?.[at] ?? 999)) <= 4),
  ).toBe(true);
});

test('an embedded colour profile changes nothing', async () => {
  const image = sharp({ create: { width: 2, height: 2, channels: 3, background: '#804020' } });
  const tagged = await image.clone().withIccProfile('p3', { attach: true }).png().toBuffer();
  const stored = (await sharp(tagged, { ignoreIcc: true }).raw().toBuffer()).subarray(0, 3);
  expect([...(await decoded(tagged)).data.subarray(0, 3)]).toEqual([...stored]);
});

test('the content decides what a file is, not its name', async () => {
  expect((await decoded(bmpBytes(1, 1, 24, [[1, 2, 3]]), 'scan.jpg')).channels).toBe(3);
});

describe('what is not a whole picture is refused by name', () => {
  const noise = Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * 7919) >> 3));
  const png = pngBytes(3000, 1, 8, 0, [[...noise]]);
  const bigHeader = pngBytes(20000, 20000, 8, 0, [[0]]);
  test.each([
    ['no bytes', Buffer.alloc(0), 'is empty'],
    ['a text', Buffer.from('hello world'), 'is not a picture of a known format'],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'is not a picture of a known format'],
    ['a truncated PNG', png.subarray(0, png.length - 200), 'cannot be decoded'],
    ['a PNG with a flipped bit', Buffer.from(png.map((byte, at) => (at === 500 ? byte ^ 1 : byte))), 'cannot be decoded'],
    ['a PNG of 400 million pixels', bigHeader, 'is 20000×20000 pixels, more than 160 million'],
    ['a BMP of 10 billion pixels', bmpBytes(100000, 100000, 24, [[1]]), 'is 100000×100000 pixels'],
    ['a truncated BMP', bmpBytes(2, 2, 24, [[1, 2, 3, 4, 5, 6]]), 'is truncated'],
    ['half a BMP header', bmpBytes(2, 2, 24, []).subarray(0, 30), 'ends inside its header'],
    ['a BMP without width', bmpBytes(0, 1, 24, [[1, 2, 3]]), 'says it is 0×1 pixels'],
    [
      'a TIFF of two pages',
      tiffBytes([
        { tags: tiff8, data: Buffer.from([1, 2]) },
        { tags: tiff8, data: Buffer.from([3, 4]) },
      ]),
      'holds 2 pages',
    ],
  ])('%s', async (_title, bytes, rule) => {
    expect(await refusal(bytes)).toMatchObject({ code: 'IMAGE_INVALID', message: expect.stringContaining(`part.png ${rule}`) });
  });

  test('a JPEG without its end, and one of CMYK', async () => {
    const image = sharp({ create: { width: 40, height: 20, channels: 3, background: '#804020' } });
    const jpeg = await image.clone().jpeg().toBuffer();
    expect(await refusal(jpeg.subarray(0, jpeg.length - 20))).toMatchObject({ message: expect.stringContaining('cannot be decoded') });
    const cmyk = await image.clone().toColourspace('cmyk').jpeg().toBuffer();
    expect(await refusal(cmyk)).toMatchObject({ message: expect.stringContaining('4 uchar channels of cmyk') });
  });

  test('a folder, a missing file, a pipe that nobody writes to', async () => {
    const folder = await scratchFolder();
    await expect(decodeImage(join(folder, 'none.png'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    if (process.platform === 'win32') return;
    await expect(decodeImage(folder)).rejects.toMatchObject({ code: 'IMAGE_INVALID' });
    execFileSync('mkfifo', [join(folder, 'pipe.png')]);
    await expect(decodeImage(join(folder, 'pipe.png'))).rejects.toMatchObject({ message: expect.stringContaining('is not a file') });
  });
});

test('a picture of 100 million pixels is decoded', { timeout: 60_000 }, async () => {
  const path = join(await scratchFolder(), 'large.png');
  await sharp({ create: { width: 10_000, height: 10_000, channels: 3, background: '#102030' }, limitInputPixels: false })
    .toColourspace('b-w')
    .png({ compressionLevel: 1 })
    .toFile(path);
  const picture = await decodeImage(path);
  expect([picture.width, picture.height, picture.channels, picture.data.length]).toEqual([10_000, 10_000, 1, 100_000_000]);
});
