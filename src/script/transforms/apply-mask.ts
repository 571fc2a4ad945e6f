// apply_mask: black where a grey picture of the package is black.
import type { Picture } from '../../image/picture.ts';
import { toFrame } from '../../image/to-frame.ts';
import { type Pixels, space, transformError } from './pixels.ts';

/**
 * Keeps what lies under the mask.
 *
 * @throws {@link KitError} `FILE_INVALID` when the mask is not as large as the picture.
 */
export function applyMask(image: Pixels, mask: Picture): Pixels {
  const { width, height, channels } = image;
  if (mask.width !== width || mask.height !== height)
    throw transformError(
      `has a mask of ${mask.width}×${mask.height} pixels for a picture of ${width}×${height}`,
      'save the mask in the size that the picture has at this step',
    );
  const { data: grey } = toFrame(mask, 'GRAY');
  const data = space(image.data, image.data.length);
  for (let at = 0; at < data.length; at += 1) data[at] = grey[Math.floor(at / channels)] === 0 ? 0 : (image.data[at] ?? 0);
  return { ...image, data };
}
