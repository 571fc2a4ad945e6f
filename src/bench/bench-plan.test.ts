import { expect, test } from 'vitest';
import type { BenchOptions } from './bench-options.ts';
import { mainPlan } from './bench-plan.ts';

function iterationsOf(options: BenchOptions, each: number): number[] {
  return mainPlan(options, 0, false, each).phases.map(({ iterations }) => iterations);
}

test('a thousand inspections are timed, or as many as are asked for', () => {
  expect(iterationsOf({}, 500)).toEqual([1000]);
  expect(iterationsOf({ iterations: 20 }, 500)).toEqual([20]);
  expect(iterationsOf({ taktMs: 50 }, 500)).toEqual([1000, 1000]);
});

test('before a run for some time no more are timed than fit into that time, unless their number is given', () => {
  expect(iterationsOf({ soakMs: 5000 }, 100)).toEqual([50, 1]);
  expect(iterationsOf({ soakMs: 5000 }, 1)).toEqual([1000, 1]);
  expect(iterationsOf({ soakMs: 5000, taktMs: 50 }, 100)).toEqual([50, 1]);
  expect(iterationsOf({ soakMs: 5000, iterations: 700 }, 100)).toEqual([700, 1]);
  expect(iterationsOf({ soakMs: 5000 }, 4000)).toEqual([10, 1]);
});

test('what a budget needs is timed in any case', () => {
  expect(mainPlan({ soakMs: 5000 }, 662, false, 100).phases[0]).toMatchObject({ iterations: 50, wanted: 662 });
});
