// resize: to a size in pixels, stretched or with borders, as cv2.resize does it.
import { resizeFrame } from '../../image/resize-frame.ts';
import { type Pixels, space } from './pixels.ts';
import { type Interpolation, type Tap, tapsOf } from './taps.ts';

/** Parameters of resize. */
export interface ResizeParams {
  readonly width: number;
  readonly height: number;
  readonly interpolation: Interpolation;
  /** Keeps the proportions, centred, with borders of `pad_value`. */
  readonly keep_aspect: boolean;
  readonly pad_value: readonly number[];
}

/** Resizes; 8 bit samples stay 8 bit samples. */
export function resize(image: Pixels, params: ResizeParams): Pixels {
  const { width, height } = params;
  if (!params.keep_aspect) return stretched(image, width, height, params.interpolation);
  const scale = Math.min(width / image.width, height / image.height);
  const [innerWidth, innerHeight] = [fitted(image.width * scale, width), fitted(image.height * scale, height)];
  return padded(stretched(image, innerWidth, innerHeight, params.interpolation), params);
}

/** Whole pixels, cut off; what misses a whole number by rounding alone is that number. */
function fitted(size: number, most: number): number {
  return Math.min(Math.max(1, Math.floor(size + 1e-6)), most);
}

function stretched(image: Pixels, width: number, height: number, interpolation: Interpolation): Pixels {
  space(image.data.subarray(0, 0), width * height * image.channels); // refused before anything is worked out
  if (width === image.width && height === image.height) return image;
  if (interpolation === 'bilinear' && image.data instanceof Uint8Array) {
    const { data, channels } = image;
    const frame = { data, channels, width: image.width, height: image.height, strideBytes: image.width * channels, format: image.order };
    return { ...image, width, height, data: resizeFrame(frame, width, height).data };
  }
  const shrinks = width <= image.width && height <= image.height;
  const columns = tapsOf(interpolation, image.width, width, shrinks);
  const rows = tapsOf(interpolation, image.height, height, shrinks);
  // averages are in floats, everything else of 8 bits in whole numbers of 1/2048
  const whole = image.data instanceof Uint8Array && !(interpolation === 'area' && shrinks);
  return filtered(image, whole ? columns.map(inSteps) : columns, whole ? rows.map(inSteps) : rows, whole ? 2048 * 2048 : 1);
}

function inSteps({ first, weights }: Tap): Tap {
  return { first, weights: weights.map((weight) => Math.round(weight * 2048)) };
}

/** Filters along rows, then along columns; only the rows that a column needs are kept. */
function filtered(image: Pixels, columns: readonly Tap[], rows: readonly Tap[], unit: number): Pixels {
  const data = space(image.data, columns.length * rows.length * image.channels);
  const step = columns.length * image.channels;
  const ready = new Map<number, Float64Array>();
  const rowAt = (y: number): Float64Array => {
    const known = ready.get(y);
    if (known !== undefined) return known;
    const made = filteredRow(image, y, columns);
    ready.set(y, made);
    return made;
  };
  for (const [at, { first, weights }] of rows.entries()) {
    const sums = new Float64Array(step);
    for (const y of ready.keys()) if (y < Math.min(Math.max(first, 0), image.height - 1)) ready.delete(y);
    for (const [tap, weight] of weights.entries()) {
      const row = rowAt(Math.min(Math.max(first + tap, 0), image.height - 1));
      for (let x = 0; x < step; x += 1) sums[x] = (sums[x] ?? 0) + (row[x] ?? 0) * weight;
    }
    store(data, at * step, sums, unit);
  }
  return { ...image, width: columns.length, height: rows.length, data };
}

function store(data: Uint8Array | Float32Array, at: number, sums: Float64Array, unit: number): void {
  const isByte = data instanceof Uint8Array;
  for (let x = 0; x < sums.length; x += 1) {
    const value = (sums[x] ?? 0) / unit;
    data[at + x] = isByte ? Math.min(Math.max(Math.floor(value + 0.5), 0), 255) : value;
  }
}

function filteredRow({ data, width, channels }: Pixels, y: number, columns: readonly Tap[]): Float64Array {
  const row = new Float64Array(columns.length * channels);
  const start = y * width * channels;
  for (const [at, { first, weights }] of columns.entries()) {
    for (const [tap, weight] of weights.entries()) {
      const from = start + Math.min(Math.max(first + tap, 0), width - 1) * channels;
      for (let channel = 0; channel < channels; channel += 1) {
        const to = at * channels + channel;
        row[to] = (row[to] ?? 0) + (data[from + channel] ?? 0) * weight;
      }
    }
  }
  return row;
}

function padded(image: Pixels, { width, height, pad_value: pad }: ResizeParams): Pixels {
  const { channels } = image;
  const data = space(image.data, width * height * channels);
  for (let at = 0; at < data.length; at += 1) data[at] = pad[Math.min(at % channels, pad.length - 1)] ?? 0;
  const left = Math.floor((width - image.width) / 2);
  const top = Math.floor((height - image.height) / 2);
  const step = image.width * channels;
  for (let y = 0; y < image.height; y += 1) data.set(image.data.subarray(y * step, (y + 1) * step), ((top + y) * width + left) * channels);
  return { ...image, width, height, data };
}
