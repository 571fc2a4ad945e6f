// Seeded random numbers: each check has its own seed, so that filters do not change anybody's data.
import { createHash } from 'node:crypto';
import { mulberry32 } from '../core/mulberry32.ts';

/** A stream of random numbers that a seed repeats. */
export interface Random {
  /** A whole number from 0 to `limit` − 1. */
  below(limit: number): number;
  /** That many random bytes. */
  bytes(count: number): Uint8Array;
}

/** The seed of one check: a hash of the run's seed and the check's id. */
export function checkSeed(master: number, id: string): number {
  return createHash('sha256').update(`${master}/${id}`).digest().readUInt32LE(0);
}

/** A stream by the mulberry32 generator; many bytes at once by SHAKE256 over its next number, which no compiler has to warm up for. */
export function seededRandom(seed: number): Random {
  const next = mulberry32(seed);
  return {
    below: (limit) => Math.floor((next() / 2 ** 32) * limit),
    bytes: (count) => (count === 0 ? new Uint8Array() : new Uint8Array(noise(next(), count))),
  };
}

function noise(seed: number, outputLength: number): Uint8Array {
  return createHash('shake256', { outputLength }).update(String(seed)).digest();
}
