import { expect, test } from 'vitest';
import type { Sample } from './sample-log.ts';
import { judgeTakt } from './takt.ts';

/** A line of parts that are due every 10 ms and wait for each other. */
function line(walls: readonly number[]): Sample[] {
  let free = 0;
  return walls.map((wall, part) => {
    const due = part * 10;
    const at = Math.max(due, free);
    free = at + wall;
    return { at, due, wall, own: wall, frame: 0 };
  });
}

test('latency counts from when a part was due: one stall of 45 ms makes the parts behind it late', () => {
  const run = judgeTakt(line([1, 45, 1, 1, 1, 1, 1, 1]), 10);
  expect(run).toMatchObject({ parts: 8, missed: 4, worstMs: 45, longestStall: { ms: 48, parts: 4 } });
  expect(run.latency.max).toBe(45);
  expect(run.closed.median).toBe(1);
});

test('a line that keeps its takt has no stall, and its jitter is that of the calls', () => {
  const run = judgeTakt(line([1, 2, 1, 2, 1]), 10);
  expect(run).toMatchObject({ missed: 0, longestStall: { ms: 0, parts: 0 }, jitterMs: { median: 1, max: 1 } });
  expect(run.missedShare[0]).toBe(0);
});

test('one part alone has no jitter', () => expect(judgeTakt(line([3]), 10).jitterMs).toEqual({ median: 0, max: 0 }));
