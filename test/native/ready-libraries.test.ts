// Libraries that come with a plugin are used once before copies are made; the plugin is new in each, and what leaves something behind is not copied.
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { conform } from '../../src/conformance/conform.ts';
import { startConformanceRunner } from '../../src/conformance/start-conformance-runner.ts';
import { hostPlatform } from '../../src/core/platform.ts';
import type { Job, JobOutcome, JobRunner, ReadyLibraries } from '../../src/harness/job.ts';
import { startJobRunner } from '../../src/harness/jobs/start-job-runner.ts';
import type { NativeManifest } from '../../src/manifest/native-manifest.ts';
import { compilePlugin, sdkInclude } from '../compile-plugin.ts';
import { goodModel, subjectOf } from '../conformance-subject.ts';

type Scored = JobOutcome & { readonly value: { readonly score: number } };

/** What the plugin's own first start adds to what it tells. */
const ownStart = 10;

const module = new URL('../plugins/harness/job.mjs', import.meta.url).href;
const sources = join(import.meta.dirname, '../plugins/harness');

describe.skipIf(process.platform !== 'linux')('libraries that come with a plugin', () => {
  let folder: string;
  let library: string;
  let runner: JobRunner;

  const compile = (name: string, ...more: string[]): string => {
    const output = join(folder, name);
    execFileSync('cc', ['-shared', '-fPIC', '-fvisibility=default', '-I', sdkInclude, '-o', output, ...more]);
    return output;
  };

  const start = async (fresh = false) => {
    runner = await startJobRunner({ slots: 2, modules: [module], fresh, env: process.env });
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mvas-libraries-'));
    compile('libcounted.so', join(sources, 'library.c'), '-pthread');
    user('plugin.so');
    library = join(folder, 'by-another-name.so');
    await symlink('plugin.so', library);
  });
  afterEach(() => runner.close());
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const idOf = ({ input }: Job) => (input as { id: string }).id;

  const user = (name: string, ...more: string[]) =>
    compile(name, join(sources, 'library-user.c'), `-L${folder}`, '-lcounted', '-Wl,-rpath,$ORIGIN', ...more);

  const job = (words = '', deadlineMs = 20_000): Job => ({ module, input: { task: 'sum', library, fault: words }, deadlineMs });

  /** How often the plugin, then how often its library was started in the process of a job. */
  const startsIn = async (more: Partial<Job> = {}) => {
    const { kind, value } = { value: undefined, ...(await runner.run({ ...job(), ...more })) };
    const { score } = value as unknown as { score: number };
    return { kind, plugin: Math.floor(score / 10), library: score % 10 };
  };

  /** Readies them by a job with these words for the library. */
  const ready = (words = '', deadlineMs = 20_000) => runner.readyLibraries?.(job(words, deadlineMs));

  test('have been used in each copy that asks for them; the plugin is new in all', async () => {
    await start();
    const libraries = ready();
    const all = await Promise.all([startsIn({ libraries }), startsIn({ libraries }), startsIn(), startsIn({ libraries, fresh: true })]);
    expect(all.map(({ plugin, library }) => [plugin, library])).toEqual([
      [1, 2],
      [1, 2],
      [1, 1],
      [1, 1],
    ]);
    expect(await libraries?.obstacle).toBeUndefined();
  });

  test.each([
    ['starts a thread that stays', 'stay', /^it changes what belongs to the process: threads$/],
    ['changes the working directory', 'move', /: cwd$/],
    ['leaves a file open', 'open', /: descriptors$/],
    ['starts a process', 'fork', /: children$/],
    ['ends the process', 'leave', /^it ended the process$/],
    ['hangs', 'hang', /^it ended the process$/],
  ])('are used anew by every job where one %s', async (_title, words, obstacle) => {
    await start();
    const libraries = ready(words, words === 'hang' ? 500 : 20_000);
    expect(await libraries?.obstacle).toMatch(obstacle);
    expect(await startsIn({ libraries })).toEqual({ kind: 'completed', plugin: 1, library: 1 });
  });

  test('are used anew by every job where the plugin cannot be taken out again', async () => {
    await start();
    const staying = { ...job(), input: { task: 'sum', library: user('staying.so', '-Wl,-z,nodelete'), fault: '' } };
    const libraries = runner.readyLibraries?.(staying);
    expect(await libraries?.obstacle).toMatch(/staying\.so stays loaded$/);
    expect(await startsIn({ libraries })).toMatchObject({ plugin: 1, library: 1 });
  });

  test('are used anew by every job where the one before failed by itself', async () => {
    await start();
    const libraries = runner.readyLibraries?.({ ...job(), input: { task: 'throw' } });
    expect(await libraries?.obstacle).toMatch(/^it did not get through: .*mistake of the check/);
    expect(await startsIn({ libraries })).toMatchObject({ library: 1 });
  });

  test('of one plugin are not those of another, and once they are closed jobs are made without', async () => {
    await start();
    const [bad, good] = [ready('leave'), ready()];
    const both = await Promise.all([startsIn({ libraries: bad }), startsIn({ libraries: good })]);
    expect(both.map(({ library }) => library)).toEqual([1, 2]);
    await good?.close();
    expect(await startsIn({ libraries: good })).toMatchObject({ kind: 'completed', library: 1 });
  });

  test('are readied by the suite for a plugin that has some, and not used by checks that look at the first time', async () => {
    await start();
    const asked: Job[] = [];
    const libraries: ReadyLibraries = {
      obstacle: Promise.resolve(undefined),
      value: Promise.resolve(undefined),
      close: vi.fn(async () => undefined),
    };
    const readyLibraries = vi.fn(() => libraries);
    const { kind } = runner;
    const seen: JobRunner = {
      kind,
      readyLibraries,
      run: (one) => runner.run(asked[asked.push(one) - 1] as Job),
      place: (path) => path,
      close: async () => undefined,
    };
    const options = { runner: seen, env: process.env, only: ['lifecycle/load-time', 'infer/nominal'] };
    await conform(subjectOf(library, null), options);
    const probe = expect.objectContaining({ id: 'probe', library });
    expect(readyLibraries).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ input: probe }));
    expect(libraries.close).toHaveBeenCalledOnce();
    const given = asked.map((one) => [idOf(one), one.libraries]);
    expect(given).toContainEqual(['lifecycle/load-time', undefined]);
    expect(given).toContainEqual(['infer/nominal', libraries]);
    await conform(subjectOf(await compilePlugin('test/plugins/good/plain.c'), goodModel), options);
    expect(readyLibraries).toHaveBeenCalledOnce();
  });

  test.each<[string, boolean | undefined, readonly string[]]>([
    ['are readied by the first look at a plugin whose manifest names some', true, []],
    ['are let go where that look shows that none come with it', false, []],
    ['are readied behind a look of its own where the first one did not get through', undefined, ['probe']],
  ])('%s', async (_title, bringsLibraries, probes) => {
    runner = await startConformanceRunner({ env: process.env });
    const asked: Job[] = [];
    const readied: (ReadyLibraries | undefined)[] = [];
    const facts = { frame: { width: 8, height: 8, format: 'RGB' }, initCode: 0, initError: '', inferMs: 1, bringsLibraries };
    const seen: JobRunner = {
      kind: runner.kind,
      readyLibraries: (one) => {
        const own = runner.readyLibraries?.(one);
        const value = Promise.resolve(bringsLibraries === undefined ? undefined : facts);
        const libraries = own && { obstacle: own.obstacle, value, close: vi.fn(() => own.close()) };
        readied.push(libraries);
        return libraries;
      },
      run: (one) => runner.run(asked[asked.push(one) - 1] as Job),
      place: (path) => path,
      close: async () => undefined,
    };
    const host = hostPlatform();
    const manifest = { plugin: { dependencies: { [host]: ['deps/libcounted.so'] } } } as unknown as NativeManifest;
    await conform(subjectOf(library, null, manifest), { runner: seen, env: process.env, only: ['infer/nominal'] });
    expect(asked.map(idOf)).toEqual([...probes, 'infer/nominal']);
    expect(readied).toHaveLength(1 + probes.length);
    for (const libraries of readied) expect(libraries?.close).toHaveBeenCalled();
    expect(asked.at(-1)?.libraries).toBe(bringsLibraries === false ? undefined : readied.at(-1));
  });

  test('stay in use for jobs that share a process, and for no other', async () => {
    await start();
    const libraries = ready();
    const shares = () => true;
    const [first, second] = [await startsIn({ libraries, shares }), await startsIn({ libraries, shares })];
    expect([first, second]).toEqual([
      { kind: 'completed', plugin: 1, library: 2 },
      { kind: 'completed', plugin: 1, library: 3 },
    ]);
    expect(await startsIn({ libraries })).toMatchObject({ plugin: 1, library: 2 });
    expect(await startsIn({ shares })).toMatchObject({ plugin: 1, library: 1 });
    expect((await runner.run({ ...job(), libraries, shares })).isShared).toBe(true);
  });

  test('are begun with again after some jobs: what these leave in memory adds up', async () => {
    await start();
    const libraries = ready();
    const counts: number[] = [];
    while (counts.length < 20)
      counts.push(((await runner.run({ ...job(), libraries, shares: () => true })) as Scored).value.score - ownStart);
    const [first, again] = [counts[0], counts.indexOf(counts[0] as number, 1)];
    expect(first).toBe(2);
    expect(again).toBeGreaterThan(5);
    expect(counts.slice(again)).toEqual(counts.slice(0, counts.length - again));
  });

  test('tell the suite nothing of a plugin by what a process has that others shared', async () => {
    runner = await startConformanceRunner({ env: process.env });
    const asked: Job[] = [];
    const seen: JobRunner = {
      kind: runner.kind,
      readyLibraries: (one) => runner.readyLibraries?.(one),
      run: async (one) => {
        asked.push(one);
        const outcome = await runner.run(one);
        return outcome.isShared ? { ...outcome, kind: 'completed', value: { findings: [{ message: 'from elsewhere' }] } } : outcome;
      },
      place: (path) => path,
      close: async () => undefined,
    };
    const only = ['infer/nominal', 'resources/handles', 'lifecycle/load-time'];
    const { checks } = await conform(subjectOf(library, null), { runner: seen, env: process.env, only });
    expect(checks.map(({ id, status }) => `${id} ${status}`)).toContain('infer/nominal pass');
    const waysOf = (id: string) => asked.filter((one) => idOf(one) === id).map(({ shares }) => typeof shares);
    expect(only.map(waysOf)).toEqual([['function', 'undefined'], ['undefined'], ['undefined']]);
  });

  test.each([
    ['starts a thread that stays', 'stay', 'completed'],
    ['changes the working directory', 'move', 'completed'],
    ['leaves a file open', 'open', 'completed'],
    ['starts a process', 'fork', 'completed'],
    ['ends the process', 'leave', 'exited'],
    ['hangs', 'hang', 'hung'],
  ])('are those of another process for the job behind one whose plugin %s', async (_title, words, kind) => {
    await start();
    const libraries = ready();
    const left = await runner.run({ ...job(words, words === 'hang' ? 500 : 20_000), libraries, shares: () => true });
    expect(left).toMatchObject({ kind, isShared: true });
    expect(await startsIn({ libraries, shares: () => true })).toEqual({ kind: 'completed', plugin: 1, library: 2 });
  });

  test('are not left to orphans: what a job has started ends with it', async () => {
    await start();
    const path = join(folder, 'orphan');
    const endOfOrphan = async () => {
      const orphan = Number(await readFile(path, 'utf8'));
      await vi.waitFor(() => expect(() => process.kill(orphan, 0)).toThrow('ESRCH'));
    };
    expect(await ready(`orphan ${path}`)?.obstacle).toMatch(/: children$/);
    await endOfOrphan();
    const left = await runner.run({ ...job(`orphan ${path}`), libraries: ready(), shares: () => true });
    expect(left).toMatchObject({ kind: 'completed', isShared: true });
    await endOfOrphan();
  });

  test('are not readied where processes are not copied', async () => {
    await start(true);
    expect(ready()).toBeUndefined();
  });
});
