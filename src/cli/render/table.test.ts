import { expect, test } from 'vitest';
import { tableLines } from './table.ts';

test('columns line up, numbers to the right, and colours take no room', () => {
  const lines = tableLines(
    [{ title: 'IMAGE' }, { title: 'SCORE', align: 'right' }, { title: 'BOXES' }],
    [
      ['größe.png', '\u001b[31m0.91\u001b[39m', '2'],
      ['a', '0.1', ''],
    ],
  );
  expect(lines).toEqual(['IMAGE      SCORE  BOXES', 'größe.png   \u001b[31m0.91\u001b[39m  2', 'a            0.1']);
});
