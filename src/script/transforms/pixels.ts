// A picture on its way through the transforms, and the tensor at their end.
import { KitError } from '../../core/kit-error.ts';
import type { Picture } from '../../image/picture.ts';
import { toFrame } from '../../image/to-frame.ts';

/** In which order the channels lie. */
export type ColourOrder = 'RGB' | 'BGR' | 'GRAY';

/** Samples of 0 to 255, or floats of any range, row by row with the channels of a pixel together. */
export interface Pixels {
  readonly kind: 'pixels';
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly order: ColourOrder;
  /** Grey without a dimension for its one channel. */
  readonly flat: boolean;
  readonly data: Uint8Array | Float32Array;
}

/** Values with their dimensions, as a model takes them; `half` values are rounded to 16 bits. */
export interface ModelTensor {
  readonly kind: 'tensor';
  readonly dims: readonly number[];
  readonly type: 'float32' | 'float16' | 'uint8';
  readonly data: Uint8Array | Float32Array;
}

/** What a transform gets and gives. */
export type Value = Pixels | ModelTensor;

/** Most values that one transform may give: 4096 × 4096 pixels in colour and more, far above what models take. */
const maxValues = 2 ** 26;

/** A transform that cannot do what it is told. */
export function transformError(rule: string, hint: string): KitError {
  return new KitError('FILE_INVALID', rule, { hint });
}

/** A picture as the transforms start with it. */
export function pixelsOf(picture: Picture, order: ColourOrder): Pixels {
  const { data, width, height, channels } = toFrame(picture, order);
  return { kind: 'pixels', width, height, channels, order, flat: false, data };
}

/**
 * Space for `count` values of the type of `like`, all 0.
 *
 * @throws {@link KitError} `FILE_INVALID` when that is more than any model needs.
 */
export function space(like: Uint8Array, count: number): Uint8Array;
export function space(like: Uint8Array | Float32Array, count: number): Uint8Array | Float32Array;
export function space(like: Uint8Array | Float32Array, count: number): Uint8Array | Float32Array {
  requireModest(count);
  // by its kind, not its constructor: pictures come in Buffers, whose constructor is deprecated and warns
  return like instanceof Float32Array ? new Float32Array(count) : new Uint8Array(count);
}

/**
 * Space for `count` floats.
 *
 * @throws {@link KitError} as {@link space}.
 */
export function floats(count: number): Float32Array {
  requireModest(count);
  return new Float32Array(count);
}

function requireModest(count: number): void {
  if (count > maxValues)
    throw transformError(
      `would make ${count} values, and at most ${maxValues} are made`,
      'make the picture smaller first, by resize or a crop',
    );
}
