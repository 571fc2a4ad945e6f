import { expect, test } from 'vitest';
import { visible } from './visible.ts';

test('lines, tabs and colours are printed as they are', () => {
  const text = '\u001b[1m\u001b[31mfailed\u001b[39m\u001b[22m\tµ ✓\nnext\r\nlast\r';
  expect(visible(text)).toBe(text);
});

test.each([
  ['clears the screen', '\u001b[2Jtrusted here', '\\u001b[2Jtrusted here'],
  ['goes back to the start of the line', 'UNSIGNED\rtrusted ', 'UNSIGNED\\u000dtrusted '],
  ['sets the title', '\u001b]0;x\u0007', '\\u001b]0;x\\u0007'],
  ['moves by one 8-bit character', '\u009b5A', '\\u009b5A'],
  ['deletes', 'a\bb\u007f', 'a\\u0008b\\u007f'],
])('what %s is shown', (_title, text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('JSON keeps its meaning', () => {
  const value = { name: 'a\u009bb\u007f\u001b[0mc', list: [1, 2] };
  expect(JSON.parse(visible(JSON.stringify(value, null, 2)))).toEqual(value);
});
