// bgr2rgb, rgb2bgr and grayscale.
import { type ColourOrder, type Pixels, space, transformError } from './pixels.ts';

/**
 * Swaps red and blue; the result is in the order that the name of the operation says.
 *
 * @throws {@link KitError} `FILE_INVALID` for a picture without colours.
 */
export function swapColours(image: Pixels, to: Exclude<ColourOrder, 'GRAY'>): Pixels {
  if (image.channels !== 3)
    throw transformError('takes a picture in colour, and this one is grey', 'put it before grayscale, or leave it out');
  const data = space(image.data, image.data.length);
  for (let at = 0; at < data.length; at += 3) {
    data[at] = image.data[at + 2] ?? 0;
    data[at + 1] = image.data[at + 1] ?? 0;
    data[at + 2] = image.data[at] ?? 0;
  }
  return { ...image, order: to, data };
}

/** Luminance by BT.601, as cv2.cvtColor has it; without `keep_dims` the channel's dimension goes. */
export function grayscale(image: Pixels, { keep_dims: keep }: { readonly keep_dims: boolean }): Pixels {
  const { width, height } = image;
  if (image.channels === 1) return { ...image, flat: !keep };
  const data = space(image.data, width * height);
  const [red, blue] = image.order === 'BGR' ? [2, 0] : [0, 2];
  const isByte = image.data instanceof Uint8Array;
  for (let pixel = 0, at = 0; pixel < data.length; pixel += 1, at += 3) {
    const [r, g, b] = [image.data[at + red] ?? 0, image.data[at + 1] ?? 0, image.data[at + blue] ?? 0];
    data[pixel] = isByte ? (9798 * r + 19235 * g + 3735 * b + 16384) >> 15 : 0.299 * r + 0.587 * g + 0.114 * b;
  }
  return { ...image, channels: 1, order: 'GRAY', flat: !keep, data };
}
