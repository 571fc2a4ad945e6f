import { expect, test } from 'vitest';
import { fromHalfBits, halfBits, toHalf } from './half-precision.ts';

test.each([
  [0, 0],
  [1, 1],
  [-2.5, -2.5],
  [65504, 65504],
  [65520, Number.POSITIVE_INFINITY],
  [2049, 2048],
  [2051, 2052],
  [2 ** -24, 2 ** -24],
  [2 ** -25, 0],
  [1 + 2 ** -11, 1],
])('%d is %d in half precision', (value, half) => {
  expect(toHalf(value)).toBe(half);
});

test('every number of 16 bits has its own bits', () => {
  const bits = Uint16Array.from({ length: 0x10000 }, (_, at) => at).filter((at) => (at & 0x7c00) !== 0x7c00 || (at & 0x3ff) === 0);
  expect(halfBits(fromHalfBits(bits))).toEqual(bits);
});
