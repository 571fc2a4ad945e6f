import { expect, test } from 'vitest';
import { runChunks } from './run-chunks.ts';

test('pieces are made until one fails, and the first that failed is told, whatever the lanes', async () => {
  for (const lanes of [1, 3]) {
    const made: number[] = [];
    const make = async (chunk: number) => {
      made.push(chunk);
      return chunk >= 7 ? [{ message: 'bad' }] : [];
    };
    expect(await runChunks(make, { forMs: 60_000 }, lanes)).toEqual({ chunk: 7, outcome: [{ message: 'piece 7: bad' }] });
    expect(made.slice(0, 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  }
});

test('a death ends the run as a finding does, and one piece can be made alone', async () => {
  const make = async (chunk: number) => ({ death: 'crash' as const, message: `in piece's call ${chunk}` });
  expect(await runChunks(make, { chunk: 12 }, 4)).toEqual({
    chunk: 12,
    outcome: { death: 'crash', message: "piece 12: in piece's call 12" },
  });
});

test('when the time is over and nothing was found, the number of pieces is told as information', async () => {
  const { outcome, chunk } = await runChunks(async () => [], { forMs: 0 }, 2);
  expect(chunk).toBeUndefined();
  expect(outcome).toEqual([{ message: '2 pieces were made, none of them failed', severity: 'info' }]);
});
