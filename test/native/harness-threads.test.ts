// Calls on other threads of the system: real ones, in a copied process and in a fresh one; whatever ends there is told like anything else.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JobOutcome, JobRunner } from '../../src/harness/job.ts';
import { startJobRunner } from '../../src/harness/jobs/start-job-runner.ts';
import { compilePlugin } from '../compile-plugin.ts';

const module = new URL('../plugins/harness/thread-job.mjs', import.meta.url).href;
const posix = process.platform !== 'win32';
let library: string;

beforeAll(async () => {
  library = await compilePlugin('test/plugins/harness/threads.c', { std: 'gnu11' });
});

describe.each([
  ['copied', false],
  ['fresh', true],
])('in a %s process', (_kind, fresh) => {
  let runner: JobRunner;
  beforeAll(async () => {
    runner = await startJobRunner({ slots: 2, modules: [module], fresh, env: process.env });
  });
  afterAll(() => runner.close());

  const run = (task: string, more: object = {}, deadlineMs = 20_000): Promise<JobOutcome> =>
    runner.run({ module, input: { task, library, ...more }, deadlineMs });

  test('a call on another thread returns what it returns here', async () => {
    expect(await run('same')).toMatchObject({ kind: 'completed', value: { here: true, there: true } });
  });

  test('every thread keeps its own thread-local state for as long as it is used', async () => {
    const value = [
      [-1, 'a'],
      [-2, 'b'],
      [-1, 'a'],
      [-1, 'a'],
      [-3, 'c'],
    ];
    expect(await run('numbers')).toMatchObject({ kind: 'completed', value });
    expect(await run('nested')).toMatchObject({ kind: 'completed', value: [-1, -2] });
  });

  test('a thread that has ended has made its calls', async () => {
    expect(await run('once')).toMatchObject({ kind: 'completed', value: -1 });
  });

  test('calls made together are under way at the same time', async () => {
    const value = Array.from({ length: 8 }, () => [-1, -2]);
    expect(await run('together', { what: 'meet', count: 8 })).toMatchObject({ kind: 'completed', value });
  });

  test.skipIf(process.platform !== 'linux')('what calls leave allocated is weighed to the byte', async () => {
    // the least that glibc gives for 24 bytes are 32
    expect(await run('weigh', { what: 'keep', count: 50 })).toMatchObject({ kind: 'completed', value: [1600, 1600] });
    expect(await run('weigh', { what: 'free', count: 50 })).toMatchObject({ kind: 'completed', value: [0, 0] });
    expect(await run('weigh', { count: 50 })).toMatchObject({ kind: 'completed', value: [0, 0] });
  });

  test.skipIf(!posix)('a crash on a thread is a crash in its call', async () => {
    const crash = { kind: 'crashed', signal: 'SIGSEGV', calls: [{}, {}, { function: 'mvas_infer', phase: 'inside' }] };
    expect(await run('once', { what: 'crash' })).toMatchObject(crash);
    const last = { function: 'mvas_infer', phase: 'inside', arguments: '3 threads at once, 6 calls' };
    expect(await run('together', { what: 'crash', count: 3 })).toMatchObject({ ...crash, calls: [{}, {}, last] });
  });

  test('a plugin that ends the process on a thread is told as exited', async () => {
    expect(await run('once', { what: 'exit' })).toMatchObject({ kind: 'exited', code: 0, calls: [{}, {}, { phase: 'inside' }] });
  });

  test('a call that hangs on a thread is killed at its deadline', async () => {
    expect(await run('once', { what: 'hang' }, 500)).toMatchObject({ kind: 'hung', ms: 500, calls: [{}, {}, { phase: 'inside' }] });
    expect(await run('together', { what: 'hang', count: 2 }, 500)).toMatchObject({ kind: 'hung' });
  });
});
