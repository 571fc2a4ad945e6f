// The ways in which the same pixels can lie in memory.
import type { Random } from '../random.ts';
import type { TestImage } from '../test-image.ts';
import { turns } from './turns.ts';

/** Where and how rows lie; the pixels are no part of it. */
export type Layout = Pick<TestImage, 'strideBytes' | 'padding' | 'offsetBytes'>;

const alignedTo = (to: number) => (row: number) => (Math.floor(row / to) + 1) * to;
const packed = (row: number) => row;

/** Of a row of so many bytes: the odd ones, aligned to 4 and 64, twice the row, a crop out of a wide image. */
const padded: readonly ((row: number) => number)[] = [
  (row) => row + 1,
  (row) => row + 13,
  alignedTo(4),
  alignedTo(64),
  (row) => 2 * row,
  (row) => row + 4096,
];

/** Bytes from a row to the next: none added, and all that add some. */
export function usualStrides({ width, channels }: TestImage): number[] {
  return [...new Set([packed, ...padded].map((stride) => stride(width * channels)))];
}

/** Values of the bytes between rows. */
export const paddings = [0x00, 0xee, 0xff] as const;

/** Bytes from a multiple of 64 to the first pixel: what vector instructions tell apart. */
const offsets = [0, 0, 0, 1, 2, 4, 8, 16, 32];
const manyOffsets = 128;

/** Any layout of this image, at any address. */
export function anyLayout(image: TestImage, random: Random): Layout {
  const strides = usualStrides(image);
  return {
    strideBytes: strides[random.below(strides.length)] as number,
    padding: random.below(256),
    offsetBytes: random.below(3) === 0 ? 0 : random.below(manyOffsets),
  };
}

/**
 * Lays out one image after the other: strides, dark and bright padding and addresses take turns. With `rows` padded, no image is packed.
 * A single row has no stride to be misread: it takes no turn.
 */
export function layouts(random: Random, rows: 'any' | 'padded' = 'any'): (image: TestImage) => Layout {
  const strides = rows === 'any' ? [packed, ...padded] : padded;
  const stride = turns(strides, random);
  const isBright = turns([true, false], random);
  const offset = turns([...offsets, undefined], random);
  return ({ width, height, channels }) => {
    const ofRow = height === 1 ? (strides[random.below(strides.length)] as typeof packed) : stride();
    return {
      strideBytes: ofRow(width * channels),
      padding: random.below(64) + (isBright() ? 192 : 0),
      offsetBytes: offset() ?? random.below(manyOffsets),
    };
  };
}
