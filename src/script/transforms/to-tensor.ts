// to_tensor and add_batch_dim: from pixels to what a model takes.
import { toHalf } from '../half-precision.ts';
import { floats, type ModelTensor, type Pixels, transformError, type Value } from './pixels.ts';

/** Parameters of to_tensor. */
export interface TensorParams {
  readonly dtype: 'float32' | 'float16';
  readonly channel_order: 'CHW' | 'HWC';
}

/** Floats in the order of the channels that the model has; values stay what they are. */
export function toTensor(image: Pixels, { dtype, channel_order: order }: TensorParams): ModelTensor {
  const { data: from, channels } = image;
  const data = floats(from.length);
  const plane = image.width * image.height;
  const [pixelStep, channelStep] = order === 'CHW' ? [1, plane] : [channels, 1];
  for (let pixel = 0; pixel < plane; pixel += 1)
    for (let channel = 0; channel < channels; channel += 1)
      data[pixel * pixelStep + channel * channelStep] = from[pixel * channels + channel] ?? 0;
  const { dims } = asTensor(image);
  const moved = order === 'CHW' && dims.length === 3 ? [channels, image.height, image.width] : dims;
  return { kind: 'tensor', dims: moved, type: dtype, data: dtype === 'float16' ? data.map(toHalf) : data };
}

/** One dimension more, in front. */
export function addBatchDim(value: Value): ModelTensor {
  const tensor = asTensor(value);
  if (tensor.dims.length > 3) throw transformError('is there twice', 'leave one of them out');
  return { ...tensor, dims: [1, ...tensor.dims] };
}

/** What the pixels are when nothing more is done to them. */
export function asTensor(value: Value): ModelTensor {
  if (value.kind === 'tensor') return value;
  const { width, height, channels, flat, data } = value;
  const dims = flat ? [height, width] : [height, width, channels];
  return { kind: 'tensor', dims, type: data instanceof Uint8Array ? 'uint8' : 'float32', data };
}
