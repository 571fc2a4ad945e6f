// The twelve transforms by their names, each with what it does when transforms.json says nothing more.
import type { Picture } from '../../image/picture.ts';
import { applyMask } from './apply-mask.ts';
import { type ClaheParams, clahe } from './clahe.ts';
import { grayscale, swapColours } from './colour.ts';
import { cropCenter, cropRoi, type Roi } from './crop.ts';
import { type BlurParams, gaussianBlur } from './gaussian-blur.ts';
import { type NormalizeParams, normalize } from './normalize.ts';
import { type Pixels, transformError, type Value } from './pixels.ts';
import { type ResizeParams, resize } from './resize.ts';
import { addBatchDim, type TensorParams, toTensor } from './to-tensor.ts';

/** A transform with all its parameters. */
export type Step = { readonly op: Operation; readonly params: Readonly<Record<string, unknown>>; readonly mask?: Picture };

/** A transform's name. */
export type Operation = keyof typeof defaults;

/** What each parameter is when it is not written. */
export const defaults = {
  resize: { width: 256, height: 256, interpolation: 'bilinear', keep_aspect: false, pad_value: [0, 0, 0] },
  crop_center: { width: 224, height: 224 },
  crop_roi: {},
  normalize: { mean: [0], std: [1], scale: 255 },
  to_tensor: { dtype: 'float32', channel_order: 'CHW' },
  add_batch_dim: {},
  bgr2rgb: {},
  rgb2bgr: {},
  grayscale: { keep_dims: true },
  gaussian_blur: { kernel_size: 5, sigma: 0 },
  clahe: { clip_limit: 2, tile_grid_size: [8, 8] },
  apply_mask: {},
} as const;

/**
 * Runs one transform.
 *
 * @throws {@link KitError} `FILE_INVALID` when it cannot do that to this picture.
 */
export function runStep(value: Value, { op, params, mask }: Step): Value {
  if (op === 'add_batch_dim') return addBatchDim(value);
  if (value.kind === 'tensor') throw transformError('comes after to_tensor or add_batch_dim, and takes a picture', 'put it before them');
  return onPixels(value, op, params, mask);
}

function onPixels(image: Pixels, op: Exclude<Operation, 'add_batch_dim'>, params: Step['params'], mask: Picture | undefined): Value {
  // the schema of transforms.json has judged every parameter
  const as = <T>() => params as T;
  switch (op) {
    case 'resize':
      return resize(image, as<ResizeParams>());
    case 'crop_center':
      return cropCenter(image, as<Roi>());
    case 'crop_roi':
      return cropRoi(image, as<Roi>());
    case 'normalize':
      return normalize(image, as<NormalizeParams>());
    case 'to_tensor':
      return toTensor(image, as<TensorParams>());
    case 'bgr2rgb':
      return swapColours(image, 'RGB');
    case 'rgb2bgr':
      return swapColours(image, 'BGR');
    case 'grayscale':
      return grayscale(image, as<{ keep_dims: boolean }>());
    case 'gaussian_blur':
      return gaussianBlur(image, as<BlurParams>());
    case 'clahe':
      return clahe(image, as<ClaheParams>());
    case 'apply_mask':
      if (mask === undefined) throw transformError('has no mask', 'name a picture in params.mask');
      return applyMask(image, mask);
  }
}
