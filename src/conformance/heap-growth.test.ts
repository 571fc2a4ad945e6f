import { describe, expect, test } from 'vitest';
import { heapGrowth } from './heap-growth.ts';

const rounds = { perBlock: 60, blockMs: 60, steadyMs: 100 };

/** A plugin whose call number n takes `ms` of CPU time and lets the heap grow by `growth(n)` bytes. */
function looked(ms: number, growth: (call: number) => number): { bytes: number; calls: number } {
  let [calls, heap] = [0, 0];
  const round = () => {
    calls += 1;
    heap += growth(calls);
  };
  const weigh = (work: () => void) => {
    const before = heap;
    work();
    return heap - before;
  };
  const process = { cpuTimeMs: () => calls * ms };
  const bytes = heapGrowth({ process, weigh } as Parameters<typeof heapGrowth>[0], round, rounds);
  return { bytes, calls };
}

const every = (period: number, bytes: number) => (call: number) => (call % period === 0 ? bytes : 0);
const speeds = [0.01, 0.5, 2, 10];

describe('growth that stays', () => {
  test.each([...speeds, 50, 300])('is seen in each call of %d ms', (ms) => {
    expect(looked(ms, () => 24).bytes).toBe(24);
  });

  test.each(speeds)('is seen in every seventh call of %d ms', (ms) => {
    expect(looked(ms, every(7, 70)).bytes).toBeGreaterThan(5);
  });

  test('is seen in every tenth call of a quick plugin', () => {
    expect(looked(0.1, every(10, 100)).bytes).toBe(10);
  });

  test.each([10, 20])('is seen behind much that is freed at first, in calls of %d ms', (ms) => {
    expect(looked(ms, (call) => (call < 3 ? -15_000 : 200)).bytes).toBe(200);
  });

  test('is seen behind what threads free now and then', () => {
    expect(looked(0.1, (call) => (call % 300 === 0 ? -9000 : 24)).bytes).toBe(24);
  });
});

describe('growth that ends or comes and goes is none', () => {
  test.each<[string, (call: number) => number]>([
    ['allocated once', (call) => (call === 1 ? 100_000 : 0)],
    ['a cache that fills', (call) => (call <= 20 ? 500 : 0)],
    ['taken and given back', (call) => (call % 2 === 0 ? -300 : 300)],
    ['given back from time to time', (call) => (call % 10 === 0 ? -900 : 100)],
    ['blocks of the allocator that are larger than what was asked for', (call) => [16, -64, 64, -16, 0][call % 5] ?? 0],
    ['two sessions that take turns', (call) => (call === 1 ? 3328 : call === 2 ? -15_088 : call % 2 === 0 ? 848 : -848)],
  ])('%s', (_, growth) => {
    for (const ms of speeds) expect(looked(ms, growth).bytes).toBe(0);
  });
});

describe('how long it looks', () => {
  test('quick plugins are called some hundred times', () => {
    expect(looked(0.1, () => 0).calls).toBeGreaterThanOrEqual(4 * rounds.perBlock);
  });

  test('slow ones as often as shows one in ten', () => {
    const { calls } = looked(10, every(1000, 1));
    expect(calls).toBeGreaterThanOrEqual(10);
    expect(calls).toBeLessThan(14);
  });

  test('very slow ones a few times', () => {
    expect(looked(300, () => 0).calls).toBeLessThanOrEqual(6);
  });
});
