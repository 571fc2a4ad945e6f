// Images at random: small, of any size, picture, layout and, on demand, format.
import type { Random } from '../random.ts';
import { drawImage, type TestImage } from '../test-image.ts';
import { contents } from './contents.ts';
import { anyLayout, layouts } from './layouts.ts';
import { type Size, smallSize, smallSizes } from './sizes.ts';
import { turns } from './turns.ts';

const mostPixels = 100_000;
const nominalEvery = 6;

/** Any image of one of these formats; mostly small, sometimes of the size that is given. */
export function anyImage(formats: readonly string[], nominal: Size, random: Random): TestImage {
  const { width, height } = random.below(4) === 0 && nominal.width * nominal.height <= mostPixels ? nominal : smallSize(random);
  const format = formats[random.below(formats.length)] as string;
  const content = contents[random.below(contents.length)] as (typeof contents)[number];
  const image = drawImage({ width, height, format }, random, content);
  return { ...image, ...anyLayout(image, random) };
}

/**
 * Draws one image after the other in the formats that are asked for. Pictures, strides, addresses, kinds of sizes, and in each format odd
 * and even widths take turns (a single column is odd in any case): what shows in one of them shows with every seed, not with most.
 */
export function imageDrawer(nominal: Size, random: Random, heights?: 'any' | 'several rows'): (format: string) => TestImage {
  const size = smallSizes(random, heights);
  const content = turns(contents, random);
  const layout = layouts(random);
  const odds = new Map<string, () => boolean>();
  let drawn = 0;
  return (format) => {
    const isOdd = odds.get(format) ?? turns([true, false], random);
    odds.set(format, isOdd);
    drawn += 1;
    const isNominal = drawn % nominalEvery === 0 && nominal.width * nominal.height <= mostPixels;
    const { width, height } = isNominal ? nominal : size(isOdd());
    const image = drawImage({ width, height, format }, random, content());
    return { ...image, ...layout(image) };
  };
}
