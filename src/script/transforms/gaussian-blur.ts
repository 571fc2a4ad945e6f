// gaussian_blur: as cv2.GaussianBlur with borders reflected; 8 bit pictures in its whole numbers of 1/256.
import { type Pixels, space, transformError } from './pixels.ts';

/** Longest kernel that is run, in pixels. */
const longest = 255;

/** Kernels of their own for small sizes without a sigma. */
const small: Readonly<Record<number, readonly number[]>> = {
  1: [1],
  3: [0.25, 0.5, 0.25],
  5: [0.0625, 0.25, 0.375, 0.25, 0.0625],
  7: [0.03125, 0.109375, 0.21875, 0.28125, 0.21875, 0.109375, 0.03125],
  9: [4, 13, 30, 51, 60, 51, 30, 13, 4].map((weight) => weight / 256),
};

/** Parameters of gaussian_blur: an odd size in pixels, 0 to take it from sigma; sigma 0 to take it from the size. */
export interface BlurParams {
  readonly kernel_size: number;
  readonly sigma: number;
}

/**
 * Blurs.
 *
 * @throws {@link KitError} `FILE_INVALID` for a size that is even, too large, or missing like sigma.
 */
export function gaussianBlur(image: Pixels, params: BlurParams): Pixels {
  const isByte = image.data instanceof Uint8Array;
  const size = sizeOf(params, isByte);
  const kernel = kernelOf(size, params.sigma);
  const weights = isByte ? wholeWeights(kernel) : kernel.map(Math.fround);
  // a picture of one row or column is not blurred across it
  const across = image.width === 1 ? [isByte ? 256 : 1] : weights;
  const down = image.height === 1 ? [isByte ? 256 : 1] : weights;
  return blurred(image, across, down);
}

function sizeOf({ kernel_size: size, sigma }: BlurParams, isByte: boolean): number {
  const wanted = size > 0 ? size : sigma > 0 ? Math.round(sigma * (isByte ? 3 : 4) * 2 + 1) | 1 : 0;
  if (wanted % 2 === 1 && wanted <= longest) return wanted;
  throw transformError(
    wanted === 0 ? 'has neither kernel_size nor sigma' : `has a kernel of ${wanted} pixels, and it must be odd and at most ${longest}`,
    'write {"kernel_size": 5, "sigma": 0}',
  );
}

function kernelOf(size: number, sigma: number): readonly number[] {
  const known = sigma > 0 ? undefined : small[size];
  if (known !== undefined) return known;
  const spread = sigma > 0 ? sigma : 0.3 * ((size - 1) * 0.5 - 1) + 0.8;
  const weights = Array.from({ length: size }, (_, at) => Math.exp(-((at - (size - 1) / 2) ** 2) / (2 * spread * spread)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** In 1/256; what rounding leaves is handed to the next weight, the middle one completes the sum. */
function wholeWeights(kernel: readonly number[]): number[] {
  const half = Math.floor(kernel.length / 2);
  const side: number[] = [];
  let rest = 0;
  for (let at = 0; at < half; at += 1) {
    const exact = (kernel[at] ?? 0) * 256 + rest;
    side.push(Math.round(exact));
    rest = exact - Math.round(exact);
  }
  return [...side, 256 - 2 * side.reduce((sum, weight) => sum + weight, 0), ...side.toReversed()];
}

function blurred(image: Pixels, across: readonly number[], down: readonly number[]): Pixels {
  const { width, height, channels } = image;
  const data = space(image.data, image.data.length);
  const step = width * channels;
  const middle = Math.floor(down.length / 2);
  const ready = new Map<number, Float64Array>();
  for (let y = 0; y < height; y += 1) {
    const sums = new Float64Array(step);
    for (const [tap, weight] of down.entries()) {
      const from = reflected(y + tap - middle, height);
      const row = ready.get(from) ?? blurredRow(image, from, across);
      ready.set(from, row);
      for (let x = 0; x < step; x += 1) sums[x] = (sums[x] ?? 0) + (row[x] ?? 0) * weight;
    }
    for (const known of ready.keys()) if (known < y - middle) ready.delete(known);
    for (let x = 0; x < step; x += 1) data[y * step + x] = data instanceof Uint8Array ? ((sums[x] ?? 0) + 32768) >>> 16 : (sums[x] ?? 0);
  }
  return { ...image, data };
}

function blurredRow({ data, width, channels }: Pixels, y: number, weights: readonly number[]): Float64Array {
  const row = new Float64Array(width * channels);
  const middle = Math.floor(weights.length / 2);
  for (const [tap, weight] of weights.entries()) {
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + reflected(x + tap - middle, width)) * channels;
      for (let channel = 0; channel < channels; channel += 1) {
        const to = x * channels + channel;
        row[to] = (row[to] ?? 0) + (data[from + channel] ?? 0) * weight;
      }
    }
  }
  return row;
}

/** A place outside, mirrored at the middle of the outermost pixel. */
export function reflected(place: number, size: number): number {
  if (size === 1) return 0;
  const period = 2 * (size - 1);
  const within = ((place % period) + period) % period;
  return within < size ? within : period - within;
}
