import { expect, test } from 'vitest';
import { closest } from './closest.ts';

test('a swapped, missing, added or wrong letter still finds the word', () => {
  for (const typo of ['ifner', 'infr', 'inferr', 'unfer']) expect(closest(typo, ['build', 'infer', 'verify'])).toBe('infer');
  expect(closest('treshold', ['min_area', 'threshold'])).toBe('threshold');
  expect(closest('linux-x46', ['linux-x64', 'windows-x64'])).toBe('linux-x64');
});

test('the closest of several candidates is named', () => {
  expect(closest('--jsn', ['--jobs', '--json'])).toBe('--json');
});

test('a word unlike all candidates has no suggestion', () => {
  expect(closest('xyzzy', ['build', 'infer'])).toBeUndefined();
  expect(closest('banana', ['threshold', 'min_area'])).toBeUndefined();
  expect(closest('a', ['b'])).toBeUndefined();
});
