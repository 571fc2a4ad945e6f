// Jobs run in copies of one process or in fresh ones; whatever becomes of them is told, never blamed on the wrong side.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { JobOutcome, JobRunner } from '../../src/harness/job.ts';
import { startJobRunner } from '../../src/harness/jobs/start-job-runner.ts';
import { compilePlugin } from '../compile-plugin.ts';
import { scratchFolder } from '../scratch.ts';
import { optionalTool } from '../tools.ts';

const module = new URL('../plugins/harness/job.mjs', import.meta.url).href;
const linux = process.platform === 'linux';
const asan = linux ? sanitizerRuntime() : undefined;
let library: string;

/** Path of gcc's own AddressSanitizer; undefined where it has none. */
function sanitizerRuntime(): string | undefined {
  if (optionalTool('gcc') === undefined) return undefined;
  const path = execFileSync('gcc', ['-print-file-name=libasan.so'], { encoding: 'utf8' }).trim();
  return path.startsWith('/') ? path : undefined;
}

beforeAll(async () => {
  library = await compilePlugin('test/plugins/harness/faults.c', { extraFlags: ['-DWITH_OPTIONAL'] });
});

describe.each([
  ['copied', false],
  ['fresh', true],
])('a %s job', (_kind, fresh) => {
  let runner: JobRunner;
  beforeAll(async () => {
    runner = await startJobRunner({ slots: 2, modules: [module], fresh, env: process.env });
  });
  afterAll(() => runner.close());

  const run = (task: string, more: object = {}, deadlineMs = 20_000): Promise<JobOutcome> =>
    runner.run({ module, input: { task, library, ...more }, deadlineMs });

  test.skipIf(!linux)('runs by the means that was asked for', () => {
    expect(runner.kind).toBe(fresh ? 'fresh' : 'zygote');
  });

  test('returns its value with the calls it made', async () => {
    expect(await run('sum')).toMatchObject({
      kind: 'completed',
      value: { code: 0, decision: 'review', score: 0.25 },
      calls: [
        { number: 1, function: 'load', phase: 'after' },
        { number: 2, function: 'mvas_init', arguments: 'model NULL, config "{}"', phase: 'after' },
        { number: 3, function: 'mvas_infer', arguments: '4×3×3 stride 16, format RGB, seed 7', phase: 'after' },
      ],
    });
  });

  test('that throws is broken, and its stack is told', async () => {
    expect(await run('throw')).toMatchObject({ kind: 'broken', error: expect.stringMatching(/mistake of the check\n.*job\.mjs/) });
  });

  test.skipIf(process.platform === 'win32').each([
    ['crash-now', { kind: 'crashed', signal: 'SIGSEGV' }],
    ['abort', { kind: 'crashed', signal: 'SIGABRT' }],
    ['exit-zero', { kind: 'exited', code: 0 }],
  ])('whose plugin does %s says so, in which call', async (fault, ending) => {
    expect(await run('sum', { fault })).toMatchObject({ ...ending, calls: [{}, {}, { function: 'mvas_infer', phase: 'inside' }] });
  });

  test.skipIf(process.platform === 'win32')(
    'whose plugin crashes on a thread after the job has returned is crashed, after the call',
    async () => {
      expect(await run('sum', { fault: 'crash-later' })).toMatchObject({
        kind: 'crashed',
        signal: 'SIGSEGV',
        calls: [{}, {}, { function: 'mvas_infer', phase: 'after' }],
      });
    },
  );

  test('that hangs is killed at its deadline', async () => {
    expect(await run('sum', { fault: 'hang' }, 500)).toMatchObject({ kind: 'hung', ms: 500, calls: [{}, {}, { phase: 'inside' }] });
  });

  test('has its deadline anew with each call, and no end of calls is a hang all the same', async () => {
    expect(await run('repeat', { forMs: 1500 }, 400)).toMatchObject({ kind: 'completed' });
    expect(await run('repeat', { forMs: 20_000 }, 100)).toMatchObject({ kind: 'hung', ms: 3000 });
  });

  test.skipIf(!linux)('takes everything its plugin has started with it, whatever it ignores', async () => {
    const { kind, output } = await run('sum', { fault: 'descendants' }, 800);
    expect(kind).toBe('hung');
    const pids = [...output.stdout.matchAll(/descendant (\d+)/g)].map(([, pid]) => pid);
    expect(pids.length).toBe(2);
    for (const pid of pids) await vi.waitFor(() => expect(stateOf(pid ?? '')).toMatch(/^(gone|Z)$/), { timeout: 5000 });
  });

  test('captures what its plugin writes, and no more than fits', async () => {
    const { kind, output } = await run('sum', { fault: 'flood' });
    expect(kind).toBe('completed');
    expect(output.stdout.length).toBeGreaterThan(60_000);
    expect(output.stdout.length).toBeLessThan(70_000);
  });

  test('reads plugin memory, and a wrong pointer is told as reading', async () => {
    expect(await run('wild')).toMatchObject({
      kind: process.platform === 'win32' ? expect.any(String) : 'crashed',
      calls: [{}, { function: 'mvas_get_info', phase: 'reading' }],
    });
  });

  test('has guard pages: one byte past either end is a crash, the bytes within are not', async () => {
    expect(await run('guard', { side: 'end', offset: 0 })).toMatchObject({ kind: 'completed', value: [1, 2, 3] });
    expect(await run('guard', { side: 'end', offset: 1 })).toMatchObject({ kind: 'crashed' });
    expect(await run('guard', { side: 'start', offset: 0 })).toMatchObject({ kind: 'completed', value: [1, 2, 3] });
    expect(await run('guard', { side: 'start', offset: -1 })).toMatchObject({ kind: 'crashed' });
  });

  test('has pages that can be made read-only', async () => {
    expect(await run('protect')).toMatchObject({ kind: 'crashed' });
  });

  test.skipIf(!linux)('knows how far memory can be read', async () => {
    expect(await run('extent')).toMatchObject({ kind: 'completed', value: { own: 100, wild: 0 } });
  });

  test('has a folder of its own that goes with it', async () => {
    const outcome = await run('scratch');
    expect(outcome).toMatchObject({ kind: 'completed', value: expect.stringContaining('mvas-jobs-') });
    if (outcome.kind === 'completed') expect(existsSync(String(outcome.value))).toBe(false);
  });

  test('does not see what other jobs did to the process', async () => {
    await Promise.all([run('spoil'), run('spoil')]);
    expect(await run('spoil')).toMatchObject({ value: 1 });
  });

  test('has its deadline for itself: the start of its process is not counted', async () => {
    const slow = join(await scratchFolder(), 'slow.cjs');
    await writeFile(slow, 'const end = Date.now() + 3000; while (Date.now() < end);');
    const outcome = await runner.run({
      module,
      input: { task: 'sum', library },
      deadlineMs: 2500,
      env: { NODE_OPTIONS: `--require ${JSON.stringify(slow)}` },
    });
    expect(outcome.kind).toBe('completed');
    expect(outcome.durationMs).toBeGreaterThan(3000);
  });

  test('with variables of its own runs in a fresh process that has them', async () => {
    const outcome = await runner.run({ module, input: { task: 'variable' }, deadlineMs: 20_000, env: { MVAS_TEST_WORD: 'blue' } });
    expect(outcome).toMatchObject({ kind: 'completed', value: 'blue' });
  });
});

test.skipIf(asan === undefined)(
  'a write one byte past a block is found where the sanitizer’s runtime is preloaded, and is silent elsewhere',
  async () => {
    const flags = ['-fsanitize=address', '-shared', '-fPIC', '-g', '-w', '-pthread', '-lm'];
    const checked = await compilePlugin('test/plugins/harness/faults.c', { compiler: 'gcc', flags });
    const runner = await startJobRunner({ slots: 2, modules: [module], env: process.env });
    const run = (path: string, env: Record<string, string>) =>
      runner.run({ module, input: { task: 'sum', library: path, fault: 'overflow' }, deadlineMs: 60_000, env });
    const found = await run(checked, { LD_PRELOAD: asan ?? '', ASAN_OPTIONS: 'detect_leaks=0' });
    expect(found).toMatchObject({ calls: [{}, {}, { function: 'mvas_infer', phase: 'inside' }] });
    expect(found.kind).not.toBe('completed');
    expect(found.output.stderr).toMatch(/heap-buffer-overflow/);
    expect(await run(library, {})).toMatchObject({ kind: 'completed' });
    await runner.close();
  },
);

test('a job in this process returns its value and calls, or its error, and shares the process with the others', async () => {
  const runner = await startJobRunner({ slots: 2, modules: [module], inProcess: true });
  const run = (task: string) => runner.run({ module, input: { task, library }, deadlineMs: 20_000 });
  expect(runner.kind).toBe('in-process');
  expect(await run('sum')).toMatchObject({
    kind: 'completed',
    value: { code: 0 },
    calls: [{}, {}, { function: 'mvas_infer', phase: 'after' }],
  });
  expect(await run('throw')).toMatchObject({ kind: 'broken', error: expect.stringContaining('mistake of the check') });
  const [first, second] = await Promise.all([run('spoil'), run('spoil')]);
  expect([first, second]).toMatchObject([{ value: 1 }, { value: 2 }]);
  await runner.close();
});

test('the grace time holds no slot: sixteen jobs in one slot take far less than sixteen times it', async () => {
  const runner = await startJobRunner({ slots: 1, modules: [module] });
  const outcomes = await Promise.all(Array.from({ length: 16 }, () => runner.run({ module, input: { task: 'time' }, deadlineMs: 20_000 })));
  await runner.close();
  const starts = outcomes.map((outcome) => (outcome.kind === 'completed' ? Number(outcome.value) : Number.NaN)).sort((a, b) => a - b);
  const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
  expect(gaps).toHaveLength(15);
  // if the grace time of 50 ms held the slot, no job could begin sooner after the one before it; a busy machine delays some, not all
  if (runner.kind === 'zygote') expect(Math.min(...gaps)).toBeLessThan(50);
});

test('an interrupt kills what runs and is INTERRUPTED', async () => {
  const abort = new AbortController();
  const runner = await startJobRunner({ slots: 2, modules: [module], signal: abort.signal });
  const job = runner.run({ module, input: { task: 'sum', library, fault: 'hang' }, deadlineMs: 60_000 });
  setTimeout(() => abort.abort(), 200);
  await expect(job).rejects.toMatchObject({ code: 'INTERRUPTED' });
  await runner.close();
});

test('a job module that cannot be imported is broken, not a fault of the plugin', async () => {
  const missing = new URL('../plugins/harness/no-such-job.mjs', import.meta.url).href;
  const runner = await startJobRunner({ slots: 1, modules: [missing] });
  expect(await runner.run({ module: missing, input: null, deadlineMs: 20_000 })).toMatchObject({ kind: 'broken' });
  await runner.close();
  expect(readdirSync(tmpdir()).filter((name) => name === 'mvas-jobs-')).toEqual([]);
});

function stateOf(pid: string): string {
  try {
    return /\) (\S) /.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1] ?? 'gone';
  } catch {
    return 'gone';
  }
}
