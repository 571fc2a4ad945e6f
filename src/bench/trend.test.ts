import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../test/random.ts';
import { judgeSoak } from './soak.ts';
import { judgeTrend } from './trend.ts';

const times = Array.from({ length: 240 }, (_, at) => at * 2500);
const noise = (seed: number) => {
  const next = seededRandom(seed);
  return () => next(1000) / 1000 - 0.5;
};

describe('growth of 10 minutes', () => {
  test('a slow leak is found and its slope is right', () => {
    const off = noise(1);
    const values = times.map((time) => 80 + (12 * time) / 600_000 + off());
    const { verdict, perHour, interval, growth } = judgeTrend(times, values, 1);
    expect(verdict).toBe('grows');
    expect(perHour).toBeCloseTo(72, -1);
    expect(interval[0]).toBeLessThan(72);
    expect(interval[1]).toBeGreaterThan(72);
    expect(growth).toBeCloseTo(9, 0);
  });

  test.each([
    ['nothing but noise', (_: number, off: number) => 80 + 2 * off],
    ['a warm-up that ends', (time: number, off: number) => 80 + 30 * Math.min(1, time / 100_000) + off],
    ['one step in the middle', (time: number, off: number) => (time > 300_000 ? 95 : 80) + off],
    ['one step late', (time: number, off: number) => (time > 500_000 ? 95 : 80) + off],
    ['a saw that is emptied', (time: number, off: number) => 80 + 10 * ((time / 60_000) % 1) + off],
    ['a figure that falls', (time: number, off: number) => 80 - (10 * time) / 600_000 + off],
    ['growth too little to matter', (time: number) => 80 + (0.3 * time) / 600_000],
  ])('%s is no alarm', (_, value) => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const off = noise(seed);
      expect(judgeTrend(times, times.map((time) => value(time, off())), 1).verdict).toBe('steady'); // biome-ignore format: one line
    }
  });

  test('fifty runs of noise alone raise no alarm', () => {
    const alarms = Array.from({ length: 50 }, (_, seed) => {
      const off = noise(seed + 100);
      return judgeTrend(times, times.map(() => 80 + 4 * off()), 1).verdict; // biome-ignore format: one line
    });
    expect(alarms.filter((verdict) => verdict === 'grows')).toEqual([]);
  });

  test('a handful of readings tells nothing', () => {
    expect(judgeTrend([0, 1, 2, 3], [1, 2, 3, 4], 1)).toMatchObject({ verdict: 'too short', interval: [null, null] });
  });
});

test('a soak says what each inspection leaves behind, and that threads pile up', () => {
  const readings = times.map((atMs, at) => ({
    atMs,
    bytes: 2 ** 26 + at * 102_400,
    threads: 8 + Math.floor(at / 20),
    descriptors: 20,
    inspections: at * 100,
  }));
  expect(judgeSoak(readings)).toMatchObject({
    ok: false,
    bytesPerInspection: 1024,
    memory: { verdict: 'grows' },
    threads: { verdict: 'grows', first: 8, last: 19 },
    descriptors: { verdict: 'steady' },
  });
  const untold = readings.map((one) => ({ ...one, bytes: 2 ** 26, threads: null, descriptors: null }));
  expect(judgeSoak(untold)).toMatchObject({ ok: true, threads: null, descriptors: null, bytesPerInspection: 0 });
});
