import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../test/random.ts';
import { scratchFolder } from '../../test/scratch.ts';
import { lazySchema } from '../schema/compile-schema.ts';
import type { BenchReport } from './bench-report.ts';
import { judgeRecorded } from './build-difference.ts';
import { compareReports } from './compare-reports.ts';
import { distributionOf, histogramOf } from './histogram.ts';
import { mannWhitneyApart } from './mann-whitney.ts';
import { summarizeLatencies } from './percentiles.ts';
import { recordedComparisonSchema } from './recorded-comparison-schema.ts';

/** Medians of processes that lie about 1 % apart. */
function processes(seed: number, ms: number, count = 6): number[] {
  const random = seededRandom(seed);
  const even = (): number => random(1 << 20) / 2 ** 20 - 0.5;
  return Array.from({ length: count }, () => ms * (1 + 0.012 * (even() + even() + even())));
}

const samples = Array.from({ length: 200 }, (_, at) => 1 + (at % 7) / 100);
const latency = summarizeLatencies(samples);

/** A report as `mvas bench` writes it. */
function reportOf(mediansMs: readonly number[], change: (report: BenchReport) => object = (report) => report): object {
  const sha256 = 'a'.repeat(64);
  const report: BenchReport = {
    schema: 'bench-report-v1',
    plugin: { path: 'bin/plugin.so', sha256, name: 'Plugin', version: '1.0.0' },
    model: { path: 'models/model.onnx', sha256 },
    config: { sha256 },
    kit: { version: '0.1.0' },
    host: { platform: 'linux-x64', cpu: 'Any 3000' },
    machine: { cpu: 'Any 3000', gpu: null, cores: 2, cpuFlags: ['avx2'], governor: null, load: 0.1, loadAfter: 0.2, memoryMb: 8000, threads: {} },
    image: { path: 'test/test_images/a.png', sha256, width: 48, height: 32, format: 'RGB' },
    iterations: samples.length,
    warmup: 10,
    cold: { starts: mediansMs.length, loadMs: 1, initMs: 1, firstInferMs: 1 },
    processes: { mediansMs, inspections: 300 },
    latency,
    ownLatency: latency,
    throughputFps: 1000 / latency.mean,
    distribution: distributionOf(samples),
    histogram: histogramOf(samples),
    timeline: { atMs: [0], latencyMs: [1], samples: 1 },
    decisions: { pass: samples.length },
    results: { image: 'a.png', inspections: samples.length, changes: 0, decisions: { pass: samples.length }, reference: 'none', problems: [] },
    memory: { beforeMb: 40, peakMb: 50, pluginMb: 10 },
    timer: { resolutionNs: 30, overheadNs: 70 },
    budget: null,
    ok: true,
  }; // biome-ignore format: a literal
  return { ...report, ...change(report) };
}

async function files(...reports: readonly object[]): Promise<string[]> {
  const folder = await scratchFolder();
  const paths = reports.map((_, at) => join(folder, `${at}.json`));
  for (const [at, path] of paths.entries()) await writeFile(path, JSON.stringify(reports[at]));
  return paths;
}

const compare = async (old: object, now: object, force = false) => {
  const [former = '', later = ''] = await files(old, now);
  return await compareReports(former, later, { force });
};

describe('fifty pairs of recorded reports', { timeout: 30_000 }, () => {
  const verdicts = (factor: number, length = 50): string[] =>
    Array.from({ length }, (_, pair) => judgeRecorded(processes(2 * pair, 1), processes(2 * pair + 1, factor)).verdict);

  test('of one plugin: none is called better or worse', () => {
    expect(verdicts(1).filter((verdict) => verdict === 'better' || verdict === 'worse')).toEqual([]);
  });

  test('of a plugin that became 8 % slower or faster: at least 45 say so', () => {
    expect(verdicts(1.08).filter((verdict) => verdict === 'worse').length).toBeGreaterThanOrEqual(45);
    expect(verdicts(0.92).filter((verdict) => verdict === 'better').length).toBeGreaterThanOrEqual(45);
  });

  test('of a plugin that became 1.5 % slower: nobody is told so, for another day makes as much', () => {
    expect(verdicts(1.015, 20)).not.toContain('worse');
  });
});

test('the test of two groups apart agrees with the enumeration of all ways to deal them', () => {
  // 5 against 5, wholly apart: two of 252 ways are as extreme
  expect(mannWhitneyApart([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])).toBeCloseTo(2 / 252, 2);
  expect(mannWhitneyApart([1, 2, 3], [1, 2, 3])).toBe(1);
  // 4 against 4 can never be clear
  expect(mannWhitneyApart([1, 2, 3, 4], [6, 7, 8, 9])).toBeGreaterThan(0.01);
});

describe('comparing two recorded reports', () => {
  test.each([
    ['before it', { load: 2.4 }],
    ['and got so while it was made', { loadAfter: 4.8 }],
  ])('calls nothing better or worse where the machine was busy %s', async (_when, load) => {
    const busy = (report: BenchReport): object => ({ machine: { ...report.machine, ...load } });
    const found = await compare(reportOf(processes(1, 1)), reportOf(processes(2, 1.5), busy));
    expect(found.verdict).toBe('inconclusive');
    const same = await compare(reportOf([1, 1, 1, 1, 1]), reportOf([1, 1, 1, 1, 1], busy));
    expect(same.verdict).toBe('same');
  });

  test('takes the load of its own threads, and of a benchmark just before it, for no busy machine', async () => {
    const own = (report: BenchReport): object => ({ machine: { ...report.machine, load: 1.3, loadAfter: 2.1 } });
    expect(await compare(reportOf(processes(1, 1), own), reportOf(processes(2, 1.5), own))).toMatchObject({ verdict: 'worse' });
  });

  test('gives ratio, interval and verdict, by a schema', async () => {
    const slower = await compare(reportOf(processes(1, 1)), reportOf(processes(2, 1.5)));
    expect(slower).toMatchObject({
      verdict: 'worse',
      unlike: [],
      sameDecisions: true,
      old: { report: '0.json' },
      new: { report: '1.json' },
    });
    expect(slower.ratio).toBeCloseTo(1.5, 1);
    expect(slower.interval[0]).toBeLessThan(slower.ratio);
    expect(lazySchema(recordedComparisonSchema)(JSON.parse(JSON.stringify(slower)))).toEqual([]);
    expect((await compare(reportOf([1, 1, 1, 1, 1]), reportOf([1, 1, 1, 1, 1]))).verdict).toBe('same');
  });

  test('refuses other machines, models, settings and pictures with both values, unless it is forced, and then says so', async () => {
    const old = reportOf(processes(1, 1));
    const other = reportOf(processes(2, 1), ({ machine, image }) => ({
      machine: { ...machine, cpu: 'Other 5000', threads: { OMP_NUM_THREADS: '4' } },
      model: null,
      config: { sha256: 'b'.repeat(64) },
      image: { ...image, sha256: 'c'.repeat(64) },
    }));
    await expect(compare(old, other)).rejects.toMatchObject({
      code: 'FLAG_INVALID',
      message: expect.stringMatching(
        /processor \(Any 3000, then Other 5000\); threads .*OMP_NUM_THREADS.*; model \(a{12}, then none\); settings .*; picture/,
      ),
    });
    expect((await compare(old, other, true)).unlike).toHaveLength(5);
  });

  test('refuses what is no report, names the field, and what rests on too few processes', async () => {
    const good = reportOf(processes(1, 1));
    await expect(compare({ schema: 'golden-report-v1' }, good)).rejects.toMatchObject({
      code: 'FILE_INVALID',
      message: expect.stringContaining('0.json'),
    });
    await expect(compare(good, { ...good, latency: 'fast' })).rejects.toMatchObject({
      code: 'FILE_INVALID',
      message: expect.stringMatching(/1\.json.*\/latency/),
    });
    await expect(compare(reportOf([1, 1]), good)).rejects.toMatchObject({
      code: 'NOTHING_TESTED',
      message: expect.stringContaining('2 processes'),
    });
    await expect(compareReports('nowhere.json', 'nowhere.json')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });

  test('says when the two decide otherwise', async () => {
    const now = reportOf(processes(2, 1), () => ({ decisions: { fail: 200 } }));
    expect((await compare(reportOf(processes(1, 1)), now)).sameDecisions).toBe(false);
  });
});
