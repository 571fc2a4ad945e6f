import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inLanes } from './in-lanes.ts';

test('results come in the order of the items, and no more are worked on at a time than there are lanes', async () => {
  let inside = 0;
  let most = 0;
  const results = await inLanes([9, 1, 5, 3, 7], 2, async (ms) => {
    most = Math.max(most, ++inside);
    await sleep(ms);
    inside--;
    return ms * 10;
  });
  expect(results).toEqual([90, 10, 50, 30, 70]);
  expect(most).toBe(2);
  expect(await inLanes([], 4, async () => 1)).toEqual([]);
});

test('after a failure nothing more begins, and it is thrown when the others have ended', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const work = async (item: number) => {
    begun.push(item);
    if (item === 1) throw new Error('one');
    await sleep(10);
    ended.push(item);
  };
  await expect(inLanes([0, 1, 2, 3, 4], 2, work)).rejects.toThrow('one');
  expect(begun).toEqual([0, 1]);
  expect(ended).toEqual([0]);
});
