// Images at random: small, of any size, picture, layout and, on demand, format.
import type { Random } from '../random.ts';
import { drawImage, type TestImage } from '../test-image.ts';
import { contents } from './contents.ts';
import { anyLayout } from './layouts.ts';
import { type Size, smallSize } from './sizes.ts';

/** Any image of one of these formats; mostly small, sometimes of the size that is given. */
export function anyImage(formats: readonly string[], nominal: Size, random: Random): TestImage {
  const { width, height } = random.below(4) === 0 && nominal.width * nominal.height <= 100_000 ? nominal : smallSize(random);
  const format = formats[random.below(formats.length)] as string;
  const content = contents[random.below(contents.length)] as (typeof contents)[number];
  const image = drawImage({ width, height, format }, random, content);
  return { ...image, ...anyLayout(image, random) };
}
