// The ways in which the same pixels can lie in memory.
import type { Random } from '../random.ts';
import type { TestImage } from '../test-image.ts';

/** Where and how rows lie; the pixels are no part of it. */
export type Layout = Pick<TestImage, 'strideBytes' | 'padding' | 'offsetBytes'>;

/** Bytes from a row to the next: none added, the odd ones, aligned to 4 and 64, twice the row, a crop out of a wide image. */
export function usualStrides({ width, channels }: TestImage): number[] {
  const row = width * channels;
  const aligned = (to: number) => (Math.floor(row / to) + 1) * to;
  return [...new Set([row, row + 1, row + 13, aligned(4), aligned(64), 2 * row, row + 4096])];
}

/** Values of the bytes between rows. */
export const paddings = [0x00, 0xee, 0xff] as const;

/** Any layout of this image, at any address. */
export function anyLayout(image: TestImage, random: Random): Layout {
  const strides = usualStrides(image);
  return {
    strideBytes: strides[random.below(strides.length)] as number,
    padding: random.below(256),
    offsetBytes: random.below(3) === 0 ? 0 : random.below(128),
  };
}
