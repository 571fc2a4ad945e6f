import { describe, expect, test } from 'vitest';
import { baselineLimits } from './baseline.ts';
import { isSameHardware } from './hardware.ts';
import { judgeBudget, samplesFor } from './judge-budget.ts';
import { summarizeLatencies } from './percentiles.ts';

const here = { cpu: '13th Gen Intel(R) Core(TM) i9-13900K', gpu: 'NVIDIA GeForce RTX 4090' };

describe('hardware_tested is this machine', () => {
  test.each([
    [{ cpu: 'Intel Core i9-13900K' }, true],
    [{ cpu: 'i9-13900K', gpu: 'RTX 4090' }, true],
    [{ gpu: 'NVIDIA RTX 4090' }, true],
    [here, true],
    [{ cpu: 'Intel Core i9-13900' }, false],
    [{ gpu: 'NVIDIA RTX 4090 Laptop GPU' }, false],
    [{ gpu: 'RTX 3060', cpu: 'i9-13900K' }, false],
    [{ cpu: 'Intel' }, false],
    [{ cpu: '' }, false],
    [{}, false],
  ])('%j: %s', (tested, same) => expect(isSameHardware(tested, here)).toBe(same));

  test('a GPU that was tested with must be there', () => expect(isSameHardware({ gpu: 'RTX 4090' }, { cpu: here.cpu })).toBe(false));
});

describe('the promise of a manifest', () => {
  const baseline = { inference_time_ms: 10, throughput_fps: 100, load_time_ms: 500 };

  test('gets 20 % of slack', () => {
    expect(baselineLimits({ baseline, hardware_tested: here }, here, false)).toEqual({ median_ms: 12, throughput_fps: 80, load_ms: 600 });
  });

  test('is judged on the hardware it names only, unless forced', () => {
    const elsewhere = baselineLimits({ baseline, hardware_tested: { cpu: 'AMD Ryzen 9 7950X' } }, here, false);
    expect(elsewhere?.skipped).toMatch(/the promise is for .*7950X.*this machine is .*13900K/);
    expect(baselineLimits({ baseline }, here, false)?.skipped).toMatch(/hardware_tested does not say/);
    expect(baselineLimits({ baseline }, here, true)?.skipped).toBeUndefined();
    expect(baselineLimits({}, here, true)).toBeUndefined();
    expect([samplesFor({}, elsewhere), samplesFor({}, baselineLimits({ baseline }, here, true))]).toEqual([1, 64]);
  });

  test.each([
    [12, [true, true]],
    [12.1, [false, true]],
    [12.6, [false, false]],
  ])('calls of %f ms keep or break median and throughput: %j', (each, kept) => {
    const wallMs = new Array<number>(100).fill(each);
    const measured = { wallMs, latency: summarizeLatencies(wallMs), throughputFps: 1000 / each, readyMs: [1], memoryMb: 1 };
    const lines = judgeBudget({}, measured, { median_ms: 12, throughput_fps: 80 });
    expect(lines.map(({ ok }) => ok)).toEqual(kept);
    expect(lines[0]).toMatchObject({ limit: 'median_ms', from: 'performance.baseline', samples: 100, interval: [each, each] });
    expect(judgeBudget({}, measured, { median_ms: 1, skipped: 'elsewhere' })).toEqual([]);
  });
});
