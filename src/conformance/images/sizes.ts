// Sizes that images really have and plugins are rarely tried with.
import type { Random } from '../random.ts';
import { turns } from './turns.ts';

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

const primes = [5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71];
const megapixel = 1 << 20;

/** Single rows and columns, odd and prime sides, next to the declared size, extreme shapes; all below 100 000 pixels. */
export function unusualSizes({ width, height }: Size, random: Random): Size[] {
  const prime = () => primes[random.below(primes.length)] as number;
  const near = width * height <= 90_000 ? [sized(width + 1, height), sized(Math.max(1, width - 1), height + 1)] : [];
  return [
    ...[sized(1, 1), sized(1, prime()), sized(prime(), 1), sized(2, 1), sized(3, 2)],
    ...[sized(prime(), prime()), sized(prime(), 64), sized(64, prime()), sized(127, 33), sized(255, 257)],
    ...near,
    ...[sized(4099, 3), sized(2, 4099)],
  ];
}

/** A little above a million pixels, with odd sides. */
export function largeSize(random: Random): Size {
  const width = 1025 + 2 * random.below(100);
  return sized(width, Math.ceil(megapixel / width) | 1);
}

/** Any small size. */
export function smallSize(random: Random): Size {
  return sized(1 + random.below(72), 1 + random.below(72));
}

/** Of small sizes: single rows and columns, and four lengths of them; each begins even and ends odd. */
const spans = [
  [1, 1],
  [2, 9],
  [10, 21],
  [22, 47],
  [48, 71],
] as const;

/** Small sizes of which widths and heights take turns among single ones and the shorter and longer; a width is odd or even on demand. */
export function smallSizes(random: Random, rows: 'any' | 'several rows' = 'any'): (isOdd: boolean) => Size {
  const [widths, heights] = [turns(spans, random), turns(rows === 'any' ? spans : spans.slice(1), random)];
  return (isOdd) => {
    const [[shortest, widest], [lowest, highest]] = [widths(), heights()];
    const width = shortest === widest ? shortest : shortest + 2 * random.below((widest - shortest + 1) / 2) + (isOdd ? 1 : 0);
    return sized(width, lowest + random.below(highest - lowest + 1));
  };
}

function sized(width: number, height: number): Size {
  return { width, height };
}
