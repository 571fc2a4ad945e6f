import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readSamples, SampleLog } from './sample-log.ts';
import { sampleTable } from './sample-table.ts';
import { timelineOf } from './timeline.ts';

function logged(count: number, capacity: number) {
  const folder = mkdtempSync(join(tmpdir(), 'mvas-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const log = new SampleLog(capacity);
  for (let at = 0; at < count; at += 1) log.add(at, at, at / 8, at / 16, at % 3);
  log.writeTo(join(folder, 'samples'));
  return readSamples(join(folder, 'samples'));
}

test('samples come back as they were added', () => {
  expect(logged(5, 100)).toEqual([0, 1, 2, 3, 4].map((at) => ({ at, due: at, wall: at / 8, own: at / 16, frame: at % 3 })));
});

test.each([100, 101, 250, 1000, 4097])('of %i samples a log for 64 keeps every 2nd, 4th, … from the first on, evenly', (count) => {
  const kept = logged(count, 64).map(({ at }) => at);
  const step = (kept[1] ?? 0) - (kept[0] ?? 0);
  expect(Math.log2(step) % 1).toBe(0);
  expect(kept).toEqual(Array.from({ length: kept.length }, (_, at) => at * step));
  expect(kept.length).toBeGreaterThan(30);
  expect(count - (kept.at(-1) ?? 0)).toBeLessThanOrEqual(step);
});

test('a timeline of many samples keeps the one spike', () => {
  const taken = Array.from({ length: 50_000 }, (_, at) => ({ at, due: at, wall: at === 31_337 ? 99 : 1, own: 1, frame: 0 }));
  const { atMs, latencyMs, samples } = timelineOf(taken, ({ wall }) => wall);
  expect([samples, atMs.length, Math.max(...latencyMs)]).toEqual([50_000, 4000, 99]);
  expect(atMs).toEqual([...atMs].sort((a, b) => a - b));
});

test('a name that a spreadsheet would take for a formula is kept a text, and quotes are doubled', () => {
  const phase = {
    name: 'steady',
    inspections: 1,
    samples: 1,
    lasted: 1,
    readings: [],
    taken: [{ at: 0, due: 0, wall: 1.5, own: 1, frame: 0 }],
  };
  expect(sampleTable('=a "b",c.png', [phase]).split('\r\n')[1]).toBe(`steady,"'=a ""b"",c.png",0,0,0,1.5,1.5,1`);
});
