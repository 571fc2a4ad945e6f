// Which source samples, with which weights, make a sample of a resized row or column: OpenCV's five ways.

/** Ways of resizing, by the names that transforms.json has for them. */
export type Interpolation = 'nearest' | 'bilinear' | 'bicubic' | 'lanczos' | 'area';

/** The sources of one sample: `first` and those after it; places outside are those at the edge. */
export interface Tap {
  readonly first: number;
  readonly weights: readonly number[];
}

/** The taps of every sample of `target` made from `size` samples; weights sum up to 1. Arithmetic is in float32 where OpenCV's is. */
export function tapsOf(interpolation: Interpolation, size: number, target: number, shrinksBoth: boolean): Tap[] {
  const scale = size / target;
  if (interpolation === 'area' && shrinksBoth) return Array.from({ length: target }, (_, at) => areaTap(at, scale, size));
  if (interpolation === 'nearest')
    return Array.from({ length: target }, (_, at) => ({ first: Math.min(Math.floor(at * scale), size - 1), weights: [1] }));
  if (interpolation === 'area') return Array.from({ length: target }, (_, at) => enlargingAreaTap(at, scale));
  return Array.from({ length: target }, (_, at) => {
    const place = Math.fround((at + 0.5) * scale - 0.5);
    const low = Math.floor(place);
    return kernels[interpolation](low, Math.fround(place - low));
  });
}

const kernels = {
  bilinear: (low: number, part: number): Tap => ({ first: low, weights: [Math.fround(1 - part), part] }),
  bicubic: (low: number, part: number): Tap => ({ first: low - 1, weights: cubic(part) }),
  lanczos: (low: number, part: number): Tap => ({ first: low - 3, weights: lanczos(part) }),
} as const;

function cubic(x: number): number[] {
  const a = -0.75;
  const near = (d: number) => ((a + 2) * d - (a + 3)) * d * d + 1;
  const far = ((a * (x + 1) - 5 * a) * (x + 1) + 8 * a) * (x + 1) - 4 * a;
  const weights = [far, near(x), near(1 - x)].map(Math.fround);
  return [...weights, Math.fround(1 - weights.reduce((sum, weight) => sum + weight, 0))];
}

/** A window of four lobes, brought to the sum of one. */
function lanczos(x: number): number[] {
  const weights = Array.from({ length: 8 }, (_, at) => {
    const d = x + 3 - at;
    return Math.abs(d) < 1e-6 ? 1 : (4 * Math.sin(Math.PI * d) * Math.sin((Math.PI * d) / 4)) / (Math.PI * d) ** 2;
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => Math.fround(weight / sum));
}

/** The mean over what the sample covers. */
function areaTap(at: number, scale: number, size: number): Tap {
  const [from, to] = [at * scale, (at + 1) * scale];
  const width = Math.min(scale, size - from);
  const last = Math.min(Math.floor(to), size - 1);
  const first = Math.min(Math.ceil(from), last);
  const weights: number[] = [];
  const startsBefore = first - from > 1e-3;
  if (startsBefore) weights.push((first - from) / width);
  for (let place = first; place < last; place += 1) weights.push(1 / width);
  if (to - last > 1e-3) weights.push(Math.min(to - last, 1, width) / width);
  return { first: startsBefore ? first - 1 : first, weights: weights.map(Math.fround) };
}

/** Where nothing is covered by halves: linear between the edges of the source samples. */
function enlargingAreaTap(at: number, scale: number): Tap {
  const low = Math.floor(at * scale);
  const beyond = Math.fround(at + 1 - (low + 1) / scale);
  const part = beyond <= 0 ? 0 : Math.fround(beyond - Math.floor(beyond));
  return { first: low, weights: [Math.fround(1 - part), part] };
}
