// normalize: from grey values to the range a model was trained on.
import { floats, type Pixels, transformError } from './pixels.ts';

/** Parameters of normalize: one value for all channels, or one each in the order they have. */
export interface NormalizeParams {
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly scale: number;
}

/**
 * (value / scale − mean) / std, in float32 as NumPy computes it.
 *
 * @throws {@link KitError} `FILE_INVALID` when there are neither one nor as many values as channels.
 */
export function normalize(image: Pixels, { mean, std, scale }: NormalizeParams): Pixels {
  const { channels } = image;
  for (const [name, values] of Object.entries({ mean, std }))
    if (values.length !== 1 && values.length !== channels)
      throw transformError(
        `has ${values.length} values of ${name} for ${channels} channel(s)`,
        `write one value of ${name}, or one a channel`,
      );
  const data = floats(image.data.length);
  const divisor = Math.fround(scale);
  for (let channel = 0; channel < channels; channel += 1) {
    const [shift, spread] = [mean, std].map((values) => Math.fround(values[values.length === 1 ? 0 : channel] ?? 0));
    for (let at = channel; at < data.length; at += channels)
      data[at] = Math.fround(Math.fround((image.data[at] ?? 0) / divisor) - (shift ?? 0)) / (spread ?? 1);
  }
  return { ...image, data };
}
