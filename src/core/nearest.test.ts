import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test('a swapped, missing, added or wrong letter still finds the word', () => {
  for (const typo of ['ifner', 'infr', 'inferr', 'unfer']) expect(nearest(typo, ['build', 'infer', 'verify'])).toBe('infer');
});

test('the closest of several candidates is named', () => {
  expect(nearest('--jsn', ['--jobs', '--json'])).toBe('--json');
});

test('a word that resembles nothing gets no suggestion', () => {
  expect(nearest('xyzzy', ['build', 'infer'])).toBeUndefined();
  expect(nearest('a', ['b'])).toBeUndefined();
});
