import { expect, test } from 'vitest';
import check from './checks/warmup/first-call.ts';

const times = (firstMs: number) => ({ firstMs, laterMs: [1, 1, 1, 1] });

test('a slow first call after warming up is noted only where it is slow in a second process too', () => {
  const judge = (warm: number, again?: number) =>
    check.isolation === 'repeated' && check.judge([times(warm), times(30)], again === undefined ? undefined : times(again));
  expect(judge(20)).toEqual([
    expect.objectContaining({ message: expect.stringMatching(/takes 20\.0 ms after mvas_warmup and 30\.0 ms without it/) }),
  ]);
  expect(judge(20, 25)).toHaveLength(1);
  expect(judge(20, 1)).toEqual([]);
  expect(judge(1)).toEqual([]);
});
