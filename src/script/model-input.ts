// Makes a model's input of a picture: stretched, in colour order, normalised.
import type { Picture } from '../image/picture.ts';
import { resizeFrame } from '../image/resize-frame.ts';
import { toFrame } from '../image/to-frame.ts';
import type { ModelConfig } from './model-config-schema.ts';

/** A tensor of float32 with its dimensions, batch first. */
export interface Tensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** The input for one picture: 1 × channels × height × width, or channels last where the layout says so. Arithmetic is in float32, as in a plugin. */
export function modelInput(picture: Picture, { input }: ModelConfig): Tensor {
  const { width, height, layout = 'NCHW' } = input;
  const frame = resizeFrame(toFrame(picture, input.color_order), width, height);
  const { channels } = frame;
  const tables = Array.from({ length: channels }, (_, channel) => normalised(input, channel));
  const data = new Float32Array(width * height * channels);
  const plane = width * height;
  const [pixelStep, channelStep] = layout === 'NCHW' ? [1, plane] : [channels, 1];
  for (let channel = 0; channel < channels; channel += 1) {
    const table = tables[channel] ?? new Float32Array(256);
    for (let pixel = 0; pixel < plane; pixel += 1)
      data[pixel * pixelStep + channel * channelStep] = table[frame.data[pixel * channels + channel] ?? 0] ?? 0;
  }
  return { data, dims: layout === 'NCHW' ? [1, channels, height, width] : [1, height, width, channels] };
}

/** The normalised value of every grey value of one channel. */
function normalised({ mean, std, scale = 255 }: ModelConfig['input'], channel: number): Float32Array {
  const [shift, spread] = [Math.fround(mean[channel] ?? mean[0] ?? 0), Math.fround(std[channel] ?? std[0] ?? 1)];
  const steps = [Math.fround(scale), shift, spread] as const;
  return Float32Array.from({ length: 256 }, (_, grey) => Math.fround(Math.fround(Math.fround(grey / steps[0]) - steps[1]) / steps[2]));
}
