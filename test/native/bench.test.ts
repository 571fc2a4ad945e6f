import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { benchPlugin } from '../../src/bench/bench-plugin.ts';
import { benchLines } from '../../src/cli/render/bench.ts';
import { compilePlugin } from '../compile-plugin.ts';
import { scratchSubject } from '../plugin-subject.ts';
import { schemaErrors } from '../report-schemas.ts';

let adjustable = '';
beforeAll(async () => {
  adjustable = await compilePlugin('test/plugins/adjustable.cpp');
});

const pictures = { 'a.png': 20, 'b.png': 200 };

test('a plugin is timed: six lines first, its own figure beside the wall time, the report in the project', async () => {
  const subject = await scratchSubject(adjustable, pictures, { busy_us: 200 });
  const report = await benchPlugin(subject, { iterations: 150, warmup: 3 });
  expect(report).toMatchObject({
    ok: true,
    budget: null,
    iterations: 150,
    warmup: 3,
    plugin: { name: 'Adjustable', version: '3.2.1' },
    image: { path: 'test/test_images/a.png', width: 48, height: 32, format: 'GRAY' },
    decisions: { pass: 150 },
    latency: { p99: null, p999: null },
  });
  const { latency, ownLatency, cold, memory, timer } = report;
  expect(latency.min).toBeGreaterThanOrEqual(0.2);
  expect(ownLatency.min).toBeGreaterThanOrEqual(0.2);
  expect(latency.median).toBeGreaterThanOrEqual(ownLatency.median * 0.99);
  expect(latency.p95).toBeGreaterThanOrEqual(latency.p90 ?? Number.NaN);
  for (const figure of [cold.loadMs, cold.initMs, cold.firstInferMs, memory.beforeMb, timer.resolutionNs])
    expect(figure).toBeGreaterThan(0);
  expect(report.distribution.at(-1)).toMatchObject({ percent: 100, ms: expect.closeTo(latency.max, 2) });
  expect(benchLines(report, false).slice(0, 6)).toEqual([
    'Plugin: Adjustable v3.2.1',
    'Iterations: 150',
    expect.stringMatching(/^Avg inference: \d+\.\d+ms$/),
    expect.stringMatching(/^P95 latency: \d+\.\d+ms$/),
    'P99 latency: n/a (662 needed)',
    expect.stringMatching(/^Throughput: .* FPS$/),
  ]);
  const [written = ''] = await readdir(join(subject.root, 'reports'));
  expect(written).toMatch(/^bench\./);
  const text = await readFile(join(subject.root, 'reports', written), 'utf8');
  expect(JSON.parse(text)).toEqual(report);
  expect(text).not.toContain(subject.root);
  expect(await schemaErrors('bench-report-v1', report)).toEqual([]);
});

test('the budget names the picture, prolongs a run that is too short, and its verdict is in the report', async () => {
  const subject = await scratchSubject(adjustable, pictures, { busy_us: 100 });
  await writeFile(subject.benchmark, JSON.stringify({ image: 'test_images/b.png', p99_ms: 10_000, load_ms: 0.000001 }));
  const report = await benchPlugin(subject, { iterations: 20, warmup: 0 });
  expect(report.iterations).toBe(662);
  expect(report.decisions).toEqual({ fail: 662 });
  expect(report.budget?.lines.map(({ limit, ok }) => [limit, ok])).toEqual([
    ['p99_ms', true],
    ['load_ms', false],
  ]);
  expect([report.ok, report.budget?.ok]).toEqual([false, false]);
  expect(await schemaErrors('bench-report-v1', report)).toEqual([]);
  expect(await schemaErrors('benchmark', JSON.parse(await readFile(subject.benchmark, 'utf8')))).toEqual([]);
});

test('a limit that could not be earned in time stays open', async () => {
  const subject = await scratchSubject(adjustable, pictures);
  await writeFile(subject.benchmark, JSON.stringify({ p99_ms: 10_000 }));
  const report = await benchPlugin(subject, { iterations: 20, prolongMs: 0 });
  expect(report).toMatchObject({ ok: false, iterations: 20, budget: { ok: null, lines: [{ value: null, ok: null }] } });
});

test('bad input is named: budget with an unknown limit, no picture, a plugin that fails, one that crashes', async () => {
  const subject = await scratchSubject(adjustable, pictures);
  await writeFile(subject.benchmark, JSON.stringify({ p95_ms: 3 }));
  await expect(benchPlugin(subject)).rejects.toMatchObject({
    code: 'FILE_INVALID',
    message: expect.stringContaining('/p95_ms is not a known field (did you mean p99_ms?)'),
  });
  await writeFile(subject.benchmark, '{}');
  await expect(benchPlugin({ ...subject, testImages: join(subject.root, 'none') })).rejects.toMatchObject({ code: 'NOTHING_TESTED' });
  await expect(benchPlugin(subject, { image: join(subject.root, 'none.png') })).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  await expect(benchPlugin({ ...subject, config: '{"busy_us": -1}' })).rejects.toMatchObject({ code: 'PLUGIN_FAILED' });
  await expect(benchPlugin({ ...subject, config: '{"crash_on": 20}' })).rejects.toMatchObject({
    code: 'PLUGIN_CRASHED',
    message: expect.stringContaining('while it was timed'),
  });
  await expect(benchPlugin({ ...subject, library: join(subject.root, 'plugin.so') })).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
});

test('an interrupted benchmark ends at once', async () => {
  const subject = await scratchSubject(adjustable, pictures, { busy_us: 1_000_000 });
  const stop = new AbortController();
  const running = benchPlugin(subject, { signal: stop.signal });
  setTimeout(() => stop.abort(), 300);
  await expect(running).rejects.toMatchObject({ code: 'INTERRUPTED' });
});
