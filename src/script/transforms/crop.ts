// crop_center and crop_roi: a part of the picture.
import { type Pixels, space, transformError } from './pixels.ts';

/** A rectangle in pixels. */
export interface Roi {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The part at the centre; of an odd rest the smaller half lies left and above. */
export function cropCenter(image: Pixels, { width, height }: Pick<Roi, 'width' | 'height'>): Pixels {
  return cropRoi(image, { x: Math.floor((image.width - width) / 2), y: Math.floor((image.height - height) / 2), width, height });
}

/**
 * A part by its place.
 *
 * @throws {@link KitError} `FILE_INVALID` when it is not wholly inside: a part that is cut off is another part.
 */
export function cropRoi(image: Pixels, { x, y, width, height }: Roi): Pixels {
  if (x < 0 || y < 0 || x + width > image.width || y + height > image.height)
    throw transformError(
      `takes ${width}×${height} pixels at ${x}, ${y}, which a picture of ${image.width}×${image.height} does not hold`,
      'give pictures of the size that the transforms were written for, or put resize before it',
    );
  const { channels } = image;
  const data = space(image.data, width * height * channels);
  for (let row = 0; row < height; row += 1) {
    const from = ((y + row) * image.width + x) * channels;
    data.set(image.data.subarray(from, from + width * channels), row * width * channels);
  }
  return { ...image, width, height, data };
}
