// A short list of images that differ in everything a result can depend on, the most telling first.
import type { Random } from '../random.ts';
import { describeImage, drawImage, formatChannels, type TestImage } from '../test-image.ts';
import { type Content, contents, paint } from './contents.ts';
import { type Layout, layouts } from './layouts.ts';
import { largeSize, unusualSizes } from './sizes.ts';

/** An image with words for a message. */
export interface Picture {
  readonly name: string;
  readonly image: TestImage;
}

/** What there is to draw with: a check's context. */
interface Drawing {
  image(): TestImage;
  readonly random: Random;
}

const first: readonly Content[] = ['black', 'noise', 'white', 'spot'];

/** Every picture in the plugin's own size and format. */
export function* nominalPictures({ image, random }: Drawing): Generator<Picture> {
  const nominal = image();
  for (const content of [...first, ...contents.filter((name) => !first.includes(name))])
    yield { name: content, image: { ...nominal, pixels: paint(content, nominal, random) } };
}

/** Other formats and odd sizes; rows padded, at any address. */
export function* otherPictures({ image, random }: Drawing): Generator<Picture> {
  const { width, height, format } = image();
  const own = format ?? 'RGB';
  const layout = layouts(random);
  for (const other of [own, ...Object.keys(formatChannels).filter((name) => name !== own)])
    yield laidAnyhow(drawImage({ width: 37, height: 29, format: other }, random), layout);
  for (const size of unusualSizes({ width, height }, random).slice(5))
    yield laidAnyhow(drawImage({ ...size, format: own }, random, 'noise'), layout);
}

/** More than a megapixel of noise; its rows repeat after 61, which costs a hundredth. */
export function largeImage(format: string, random: Random): TestImage {
  const { width, height } = largeSize(random);
  const period = 61;
  const tile = drawImage({ width, height: period, format }, random, 'noise');
  const pixels = new Uint8Array(width * height * tile.channels);
  for (let at = 0; at < pixels.length; at += tile.pixels.length) pixels.set(tile.pixels.subarray(0, pixels.length - at), at);
  return { ...tile, pixels, height };
}

function laidAnyhow(image: TestImage, layout: (image: TestImage) => Layout): Picture {
  const laid = { ...image, ...layout(image) };
  return { name: describeImage(laid), image: laid };
}
