import { expect, test } from 'vitest';
import { Slots } from './slots.ts';

test('no more than the given number are held, and they are given in the order of asking', async () => {
  const slots = new Slots(2);
  const order: number[] = [];
  let held = 0;
  let most = 0;
  await Promise.all(
    [0, 1, 2, 3, 4, 5].map(async (number) => {
      const release = await slots.take();
      most = Math.max(most, ++held);
      order.push(number);
      await new Promise((resolve) => setImmediate(resolve));
      held -= 1;
      release();
      release();
    }),
  );
  expect(order).toEqual([0, 1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});
