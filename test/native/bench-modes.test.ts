import { spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { benchComparisonSchema } from '../../src/bench/bench-comparison-schema.ts';
import { benchPlugin as bench, benchSubject } from '../../src/bench/bench-plugin.ts';
import type { BenchReport } from '../../src/bench/bench-report.ts';
import { compareBuilds } from '../../src/bench/compare-builds.ts';
import { sampleSchema, sampleTable } from '../../src/bench/sample-table.ts';
import { benchFailures } from '../../src/cli/render/bench-failures.ts';
import { benchHtml } from '../../src/cli/render/bench-page.ts';
import { recordGolden } from '../../src/golden/record-golden.ts';
import { lazySchema } from '../../src/schema/compile-schema.ts';
import { compilePlugin } from '../compile-plugin.ts';
import { scratchSubject } from '../plugin-subject.ts';
import { schemaErrors } from '../report-schemas.ts';
import { cli, cliPath, scratchFolder } from '../scratch.ts';

let plugin = '';
beforeAll(async () => {
  plugin = await compilePlugin('test/plugins/bench.c');
});

const pictures = { 'a.png': 20, 'b.png': 200 };
const quick = { warmup: 1, iterations: 20 };

/** Times a plugin; whatever was asked for, the report is one by its published schema. */
async function benchPlugin(...args: Parameters<typeof bench>): Promise<BenchReport> {
  const report = await bench(...args);
  expect(await schemaErrors('bench-report-v1', report)).toEqual([]);
  return report;
}

test('a plugin that stalls looks well in a closed loop; with real triggers the parts behind the stall are late', async () => {
  const subject = await scratchSubject(plugin, pictures, { busy_us: 100, stall_every: 50, stall_us: 100_000 });
  const { takt, latency } = await benchPlugin(subject, { ...quick, iterations: 200, taktMs: 10 });
  if (takt === undefined) throw new Error('there is no takt run');
  expect(takt.parts).toBe(200);
  expect(takt.closed.max).toBeGreaterThanOrEqual(100);
  // four stalls, each makes about nine more parts late; the loop sees the four alone
  expect(takt.missed).toBeGreaterThanOrEqual(30);
  expect(takt.latency.p95).toBeGreaterThan(10);
  expect(takt.longestStall.ms).toBeGreaterThanOrEqual(100);
  expect(takt.longestStall.parts).toBeGreaterThanOrEqual(8);
  expect([takt.closed.median < takt.latency.mean, latency.median < 50]).toEqual([true, true]);
});

test('a soak finds what a plugin leaks, and has nothing to say of a clean one', async () => {
  const soakMs = 4000;
  const leaking = await scratchSubject(plugin, pictures, { busy_us: 5000, leak_bytes: 200_000 });
  const found = await benchPlugin(leaking, { ...quick, soakMs });
  expect(found).toMatchObject({ ok: false, soak: { ok: false, memory: { verdict: 'grows' }, threads: { verdict: 'steady' } } });
  expect(found.soak?.bytesPerInspection).toBeGreaterThan(100_000);
  expect(found.soak?.bytesPerInspection).toBeLessThan(400_000);
  expect(benchFailures(found)).toEqual([
    expect.stringMatching(/^memory grows all the time: [\d.]+ MiB an hour \(99 %: .*bytes an inspection/),
  ]);
  const clean = await benchPlugin(await scratchSubject(plugin, pictures, { busy_us: 5000 }), { ...quick, soakMs });
  expect(clean).toMatchObject({ ok: true, soak: { ok: true, bytesPerInspection: 0, descriptors: { verdict: 'steady' } } });
});

test('pauses, pictures, sizes, repeated frames and cameras each have their table', async () => {
  const subject = await scratchSubject(plugin, pictures, { busy_us: 1000, remember: 1 });
  const asked = { idleMs: 50, imageFolder: subject.testImages, sweep: true, distinct: true, cameras: 2 };
  const { idle, images, sweep, caching, cameras, ...report } = await benchPlugin(subject, { ...quick, ...asked });
  expect(report.ok).toBe(true);
  expect(idle).toMatchObject({ seconds: 0.05, latency: { samples: 30 } });
  expect(images?.map(({ image, width, reference }) => [image, width, reference])).toEqual([
    ['a.png', 48, 'none'],
    ['b.png', 48, 'none'],
  ]);
  expect(sweep?.filter(({ kind }) => kind === 'size').map(({ width, height }) => [width, height])).toEqual([[12, 8], [24, 16], [48, 32], [96, 64]]); // biome-ignore format: sizes
  expect(sweep?.find(({ format }) => format === 'RGB')).toMatchObject({ latency: null, refused: expect.stringContaining('not supported') });
  expect(sweep?.filter(({ kind }) => kind === 'stride').map(({ strideBytes }) => strideBytes)).toEqual([48, 49, 112]);
  expect(caching).toMatchObject({ remembers: true });
  expect(caching?.ratio).toBeGreaterThan(3);
  expect(cameras?.map((row) => row.cameras)).toEqual([1, 2]);
  expect(cameras?.[0]?.efficiency).toBe(1);
});

describe('results are checked while they are timed', () => {
  test('as long as they are the golden ones all is well; one that changes after 60 calls is found by its reference', async () => {
    const subject = await scratchSubject(plugin, pictures, { flip_after: 60 });
    await recordGolden(subject, { mode: 'all', ci: false, reason: 'first' });
    expect(await benchPlugin(subject, quick)).toMatchObject({ ok: true, results: { reference: 'equal', changes: 0 } });
    const report = await benchPlugin(subject, { ...quick, iterations: 200 });
    expect(report).toMatchObject({ ok: false, results: { reference: 'differs', changes: 1 } });
    expect(benchFailures(report)).toEqual([
      expect.stringMatching(/^a\.png: the result while it was timed is not the golden one: decision/),
    ]);
    await writeFile(join(subject.root, 'brightness.model'), 'another');
    expect(await benchPlugin(subject, quick)).toMatchObject({ ok: true, results: { reference: 'stale' } });
  });
});

test('every sample is a line of the CSV that its schema describes', async () => {
  const subject = await scratchSubject(plugin, pictures);
  const { report, timing } = await benchSubject(subject, { ...quick, idleMs: 1, iterations: 25 });
  const [titles = '', ...lines] = sampleTable(report.image.path, timing.phases).trimEnd().split('\r\n');
  expect(lines).toHaveLength(25 + 30);
  const check = lazySchema(sampleSchema);
  for (const line of lines) {
    const cells = line.split(',').map((cell) => (/^-?[\d.]+$/.test(cell) ? Number(cell) : cell));
    expect(check(Object.fromEntries(titles.split(',').map((title, at) => [title, cells[at]])))).toEqual([]);
  }
});

describe('two builds', () => {
  test('one that takes twice as long is worse, the other way round better, by a schema', async () => {
    const [fast, slow] = await Promise.all([300, 600].map((busy) => scratchSubject(plugin, pictures, { busy_us: busy })));
    if (fast === undefined || slow === undefined) throw new Error('no subjects');
    const options = { image: join(fast.testImages, 'a.png'), rounds: 8, iterations: 20, warmup: 1 };
    await expect(compareBuilds(fast, slow, options)).rejects.toMatchObject({
      code: 'FLAG_INVALID',
      message: expect.stringContaining('settings'),
    });
    const worse = await compareBuilds(fast, slow, { ...options, force: true });
    expect(worse).toMatchObject({ verdict: 'worse', unlike: ['settings'], sameDecisions: true });
    expect(worse.interval[0]).toBeGreaterThan(1.5);
    expect(lazySchema(benchComparisonSchema)(JSON.parse(JSON.stringify(worse)))).toEqual([]);
    expect((await compareBuilds(slow, fast, { ...options, force: true })).verdict).toBe('better');
  });

  test('that are one are never called better or worse by the command, which says how sure it is', async () => {
    const subject = await scratchSubject(plugin, pictures);
    const config = join(subject.root, 'config.json');
    await writeFile(config, '{"busy_us": 300}');
    const rest = ['--config', config, '-i', join(subject.testImages, 'a.png'), '--rounds', '8', '-n', '20'];
    const run = await cli(['bench', 'compare', plugin, plugin, ...rest], { cwd: subject.root });
    expect(run.stdout).toMatch(/^(same|inconclusive): /m);
    expect(run.stdout).toMatch(/new over old [\d.]+ \(99 %: [\d.]+ to [\d.]+\), p [\d.]+ \(Mann-Whitney\), 8 processes of 20/);
    expect([0, 2]).toContain(run.exitCode);
  });
});

/** Whatever else ran here, as other tests do: a report of a busy machine tells no difference, which src/bench tests. */
async function beQuiet(report: string): Promise<void> {
  const { machine, ...rest } = JSON.parse(await readFile(report, 'utf8'));
  await writeFile(report, JSON.stringify({ machine: { ...machine, load: 0, loadAfter: 0 }, ...rest }));
}

test('two recorded reports are compared like two builds, and refused where they are unlike', async () => {
  const subject = await scratchSubject(plugin, pictures);
  const run = (...args: string[]) => cli(['bench', ...args], { cwd: subject.root });
  for (const [name, busy] of [
    ['fast', 300],
    ['slow', 900],
  ] as const) {
    await writeFile(join(subject.root, `${name}.config`), JSON.stringify({ busy_us: busy }));
    const timed = await run(
      plugin,
      '--config',
      `${name}.config`,
      '-i',
      join(subject.testImages, 'a.png'),
      '-n',
      '20',
      '--report',
      `${name}.json`,
    );
    expect(timed.exitCode).toBe(0);
    await beQuiet(join(subject.root, `${name}.json`));
  }
  expect(await run('compare', 'fast.json', 'slow.json')).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/settings \(/) });
  const worse = await run('compare', 'fast.json', 'slow.json', '--force');
  expect(worse).toMatchObject({
    exitCode: 1,
    stdout: expect.stringMatching(/^worse: .*\n {2}new over old [\d.]+ \(99 %: .*[56] and [56] processes$/m),
  });
  expect((await run('compare', 'slow.json', 'fast.json', '--force')).stdout).toMatch(/^better: /m);
  expect(await run('compare', 'fast.json', plugin)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('the other is a build') });
  expect(await run('compare', 'fast.json', 'slow.json', '-n', '50')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('--iterations'),
  });
});

describe('mvas bench', () => {
  test('writes page and samples where it is told to, and refuses a form it does not know before anything runs', async () => {
    const subject = await scratchSubject(plugin, pictures);
    const run = (...args: string[]) => cli(['bench', plugin, '--images', subject.testImages, ...args], { cwd: subject.root });
    const image = ['-i', join(subject.testImages, 'a.png')];
    const done = await run(...image, '-n', '30', '--takt', '2ms', '--report', 'bench.html', '--report', 'bench.csv');
    expect(done.exitCode).toBe(0);
    expect(done.stdout).toMatch(/^Takt 2\.00ms: \d+ of 30 parts late/m);
    expect(done.stdout).toMatch(/^Spread: .*[▁▂▃▄▅▆▇█]/m);
    expect(await readFile(join(subject.root, 'bench.csv'), 'utf8')).toMatch(
      /^phase,image,number,at_ms,due_ms,wall_ms,latency_ms,own_ms\r\nsteady,/,
    );
    const page = await readFile(join(subject.root, 'bench.html'));
    expect([page.includes('Latency over the run'), page.length < 3_000_000]).toEqual([true, true]);
    expect(await run(...image, '--report', 'bench.pdf')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('no form') });
    expect(await run(...image, '--takt', '5 parsecs')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('50ms') });
  });

  test('interrupted in the middle it prints nothing, writes nothing and ends with 130', async () => {
    const subject = await scratchSubject(plugin, pictures);
    const cwd = await scratchFolder();
    const args = ['bench', plugin, '-i', join(subject.testImages, 'a.png'), '--for', '10m', '--report', 'bench.html', '--json'];
    const child = spawn(process.execPath, [cliPath, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    // the first words come when the cold starts are done and the long run begins
    child.stderr.once('data', () => setTimeout(() => child.kill('SIGINT'), 300));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, stdout, await readdir(cwd)]).toEqual([130, '', []]);
  });
});

test('what was measured cannot break out of the page', async () => {
  const subject = await scratchSubject(plugin, { '<script>x.png': 20 });
  const page = benchHtml(await benchPlugin(subject, quick));
  expect(page).not.toContain('<script>x');
  expect(page).toContain('&lt;script&gt;x.png');
});
