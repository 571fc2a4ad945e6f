import { expect, test } from 'vitest';
import { firstFew } from './first-few.ts';

test('ten are named, and the others counted', () => {
  expect(firstFew([])).toBe('');
  expect(firstFew(['a', 'b'], '; ')).toBe('a; b');
  const texts = Array.from({ length: 12 }, (_, index) => `n${index}`);
  expect(firstFew(texts.slice(0, 10))).toBe('n0, n1, n2, n3, n4, n5, n6, n7, n8, n9');
  expect(firstFew(texts)).toBe('n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, and 2 more');
});
