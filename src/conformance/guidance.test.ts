import { expect, test } from 'vitest';
import { checks } from './checks/index.ts';
import { byHand, examples } from './guidance.ts';

const ids = new Set(checks.map(({ id }) => id));

test('every example and every command by hand is of a check', () => {
  expect([...Object.keys(examples), ...Object.keys(byHand)].filter((id) => !ids.has(id))).toEqual([]);
});

test('an example shows two ways that differ, in lines that fit a page', () => {
  for (const { wrong, right } of Object.values(examples)) {
    expect(wrong).not.toBe(right);
    for (const line of [...wrong.split('\n'), ...right.split('\n')]) expect(line.length, line).toBeLessThan(135);
  }
});
