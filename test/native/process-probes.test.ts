// Each probe of a process sees the change that a plugin makes to it, and nothing where it makes none.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JobRunner } from '../../src/harness/job.ts';
import { startJobRunner } from '../../src/harness/jobs/start-job-runner.ts';
import type { ProcessCounts, ProcessState } from '../../src/harness/process-probes.ts';
import { compilePlugin } from '../compile-plugin.ts';

const module = new URL('../plugins/harness/probes.mjs', import.meta.url).href;
let runner: JobRunner;
let library: string;

interface Looks<T> {
  readonly code: number;
  readonly before: T;
  readonly between: T;
  readonly again: T;
  readonly after: T;
}

beforeAll(async () => {
  library = await compilePlugin('test/plugins/harness/state.c');
  runner = await startJobRunner({ slots: 2, modules: [module], env: process.env });
});
afterAll(() => runner.close());

async function look<T>(probe: string, change: string, more: object = {}): Promise<Looks<T>> {
  const outcome = await runner.run({ module, input: { library, change, look: probe, ...more }, deadlineMs: 20_000 });
  if (outcome.kind !== 'completed') throw new Error(JSON.stringify(outcome));
  return outcome.value as Looks<T>;
}

describe.skipIf(process.platform === 'win32')('the state of the process', () => {
  test('is the same at every look where nothing changes it', async () => {
    const { before, between, again, after } = await look<ProcessState>('state', 'nothing');
    expect([between, again, after]).toEqual([before, before, before]);
    expect(before.cwd).toBe(process.cwd());
    expect(before.environment['PATH']).toBe(process.env['PATH']);
    expect(before.floatingPoint).toMatch(/0x/);
    expect(before.umask).toMatch(/^0\d+$/);
    expect(before.locale).not.toBe('');
    expect(before.signalHandlers['SIGPIPE']).toMatch(/^ignored/);
  });

  test.each([
    ['cwd', 'cwd'],
    ['environment', 'environment'],
    ['locale', 'locale'],
    ['thread locale', 'locale'],
    ['signal', 'signalHandlers'],
    ['rounding', 'floatingPoint'],
    ['flushing', 'floatingPoint'],
    ['umask', 'umask'],
  ] as const)('shows a changed %s, and nothing else', async (change, field) => {
    const { code, before, between } = await look<ProcessState>('state', change);
    expect(code).toBe(0);
    expect(between[field]).not.toEqual(before[field]);
    expect({ ...between, [field]: before[field] }).toEqual(before);
  });

  test('tells a floating-point mode once, for the harness has put it back', async () => {
    const { before, again } = await look<ProcessState>('state', 'rounding');
    expect(again).toEqual(before);
  });

  test('has variables with the sign of equality in their values', async () => {
    const { between } = await look<ProcessState>('state', 'environment');
    expect(between.environment['STATE_OF_TEST']).toBe('a=b');
  });
});

describe.skipIf(process.platform !== 'linux')('the means of the process', () => {
  test('are counted: a descriptor', async () => {
    const { before, between, after } = await look<ProcessCounts>('counts', 'descriptor');
    expect(between.descriptors).toBe(before.descriptors + 1);
    expect(after.descriptors).toBe(before.descriptors);
  });

  test('are counted: mappings, to which Node adds some of its own', async () => {
    const { before, between } = await look<ProcessCounts>('counts', 'mapping');
    expect(between.mappings).toBeGreaterThan(before.mappings + 20);
  });

  test('are named: what a descriptor leads to', async () => {
    const { before, between } = await look<[number, string][]>('descriptors', 'descriptor');
    const known = new Set(before.map(([number]) => number));
    expect(between.filter(([number]) => !known.has(number))).toEqual([[expect.any(Number), '/dev/null']]);
  });

  test('are counted: a thread, which is gone at once when it was joined', async () => {
    const { before, between, after } = await look<ProcessCounts>('counts', 'thread');
    expect(between.threads).toBe(before.threads + 1);
    expect(after.threads).toBe(before.threads);
  });

  test('are named: whose code a waiting thread is in', async () => {
    await expect
      .poll(
        async () => {
          const { before, between } = await look<{ id: number; code?: string }[]>('threads', 'thread');
          const known = new Set(before.map(({ id }) => id));
          return between.filter(({ id }) => !known.has(id)).map(({ code }) => code);
        },
        { timeout: 20_000 },
      )
      .toEqual([library]);
  });

  test('can be limited: descriptors', async () => {
    expect((await look('counts', 'files', { limit: { means: 'files', room: 5 } })).code).toBe(5);
    expect((await look('counts', 'files')).code).toBe(64);
  });

  test('can be limited: memory', async () => {
    expect((await look('counts', 'data', { limit: { means: 'data', room: 32 << 20 } })).code).toBe(1);
    expect((await look('counts', 'data')).code).toBe(0);
  });

  test('can be limited: memory, of which Node wants none for its own garbage meanwhile', async () => {
    const { href } = new URL('../plugins/harness/limited-memory.mjs', import.meta.url);
    const crowded = await startJobRunner({ slots: 1, modules: [href], fresh: true, env: process.env });
    const outcome = await crowded.run({ module: href, input: { rounds: 400, room: 0 }, deadlineMs: 20_000 });
    await crowded.close();
    expect(outcome).toMatchObject({ kind: 'completed', value: { rounds: 400 } });
  });

  test('grow with work: CPU time', async () => {
    const { before, after } = await look<number>('cpu', 'nothing');
    expect(before).toBeGreaterThan(0);
    expect(after).toBeGreaterThanOrEqual(before);
  });
});
