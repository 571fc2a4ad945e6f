// How many lives a plugin leads before it is believed, with a clock and files of the test's own.
import { expect, test } from 'vitest';
import check from './checks/lifecycle/many-cycles.ts';

type Context = Parameters<typeof check.run>[0];

/** A plugin that takes so long for each life and loses so many files in it, in a process that knows both. */
function livesOf({ ms, loses = 0, needs = 1, slots = Infinity }: { ms: number; loses?: number; needs?: number; slots?: number }) {
  let [cpuMs, open, limit, lives] = [0, 10, Infinity, 0];
  const init = () => {
    if (open + needs > limit || lives >= slots) return -7;
    lives += 1;
    cpuMs += ms;
    open += loses;
    return 0;
  };
  const process = {
    cpuTimeMs: () => cpuMs,
    descriptors: () => ({ size: open }),
    withLimit: (_means: string, room: number, work: () => unknown) => {
      limit = open + room;
      const made = work();
      limit = Infinity;
      return made;
    },
  };
  const plugin = { start: init, init, cleanup: () => undefined, getError: () => 'too many open files' };
  const findings = check.run({ plugin, process } as unknown as Context);
  return { findings, lives: lives - 1 };
}

test.each([
  ['a quick plugin leads all lives', { ms: 1 }, 40],
  ['a slow plugin that loses nothing is believed soon', { ms: 20 }, 6],
  ['a slower one no sooner', { ms: 500 }, 6],
])('%s', (_, plugin, lives) => {
  expect(livesOf(plugin)).toEqual({ findings: [], lives });
});

test.each([
  ['a quick plugin that loses a file in each life', { ms: 1, loses: 1 }, 17],
  ['a slow one', { ms: 20, loses: 1 }, 17],
  ['a slow one that loses two', { ms: 20, loses: 2 }, 9],
  ['a slow one that loses many', { ms: 20, loses: 4 }, 5],
  ['a quick plugin that loses something else', { ms: 1, slots: 36 }, 36],
])('%s is found', (_, plugin, cycle) => {
  expect(livesOf(plugin).findings).toMatchObject([{ data: { cycle, code: -7 } }]);
});

test('a plugin that needs more files at once is only told so', () => {
  expect(livesOf({ ms: 1, needs: 17 }).findings).toMatchObject([{ severity: 'info' }]);
});
