import { expect, test } from 'vitest';
import { duration } from './duration.ts';

test.each([
  ['50ms', 50],
  ['50', 50],
  ['2.5s', 2500],
  ['10m', 600_000],
  ['10 min', 600_000],
  ['1H', 3_600_000],
])('%s is %i milliseconds', (text, ms) => expect(duration('ms')(text)).toBe(ms));

test('a bare number is in the unit of its flag', () => expect(duration('s')('3')).toBe(3000));

test.each(['', '0', '-1s', '5 parsecs', 'ms', '1e9', 'constructor', '1constructor'])('%j is refused with what it takes', (text) =>
  expect(() => duration('ms')(text)).toThrow(/takes a duration above 0 such as 50ms/),
);
