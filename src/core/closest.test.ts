import { expect, test } from 'vitest';
import { closest } from './closest.ts';

test('a slip of one or two letters finds the word that was meant', () => {
  expect(closest('treshold', ['min_area', 'threshold'])).toBe('threshold');
  expect(closest('linux-x46', ['linux-x64', 'windows-x64'])).toBe('linux-x64');
});

test('a word unlike all candidates has no suggestion', () => {
  expect(closest('banana', ['threshold', 'min_area'])).toBeUndefined();
});
