// Seeded random numbers, so that a test that failed fails again.
import { mulberry32 } from '../src/core/mulberry32.ts';

/** Uniform whole numbers below `limit`, the same for the same seed. */
export function seededRandom(seed: number): (limit: number) => number {
  const next = mulberry32(seed);
  return (limit) => Math.floor((next() / 2 ** 32) * limit);
}
