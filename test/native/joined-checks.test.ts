// Checks that only inspect use one start of a plugin whose libraries are ready: that says that all is well, or nothing.
import { afterEach, describe, expect, test } from 'vitest';
import { conform } from '../../src/conformance/conform.ts';
import { JoinedSession } from '../../src/conformance/joined-session.ts';
import { startConformanceRunner } from '../../src/conformance/start-conformance-runner.ts';
import type { Job, JobContext, JobOutcome, JobRunner } from '../../src/harness/job.ts';
import { compilePlugin } from '../compile-plugin.ts';
import { bringingLibrary } from '../compile-twin.ts';
import { goodModel, subjectOf } from '../conformance-subject.ts';

const only = ['infer/stride', 'infer/sizes', 'result', 'resources/handles'];
/** Of those, what does no more than inspect. */
const inspecting = /^(infer\/(stride|sizes)|result\/.*)$/;

interface Made {
  readonly ids: readonly string[];
  readonly outcome: JobOutcome;
}

describe.skipIf(process.platform !== 'linux')('checks that only inspect', () => {
  let runner: JobRunner;
  afterEach(() => runner.close());

  /** Makes the checks; something else may be put in the place of what a process tells. */
  const conformed = async (told: (ids: readonly string[], outcome: JobOutcome) => JobOutcome = (_, outcome) => outcome) => {
    runner = await startConformanceRunner({ env: process.env });
    const made: Made[] = [];
    const run = async (job: Job) => {
      const ids = (job.uses ?? []).map((url) => /checks\/(.*)\.js$/.exec(url)?.[1] ?? '');
      const own = await runner.run(job);
      const outcome = told(ids, own);
      made.push({ ids, outcome });
      return outcome;
    };
    const seen: JobRunner = {
      kind: runner.kind,
      readyLibraries: (job) => runner.readyLibraries?.(job),
      run,
      place: (path) => path,
      close: async () => undefined,
    };
    const library = await compilePlugin('test/plugins/good/plain.c', { extraFlags: await bringingLibrary() });
    const { checks } = await conform(subjectOf(library, goodModel), { runner: seen, env: process.env, profile: 'strict', only });
    return { made, statuses: new Set(checks.map(({ status }) => status)), ids: checks.map(({ id }) => id) };
  };

  test('are made in one start each time, and by themselves no more where all is well', async () => {
    const { made, statuses, ids } = await conformed();
    expect(statuses).toEqual(new Set(['pass']));
    const joined = made.filter((one) => one.ids.length > 1);
    expect(joined.map(({ outcome }) => [outcome.kind, outcome.isShared])).toEqual([
      ['completed', true],
      ['completed', true],
    ]);
    expect(joined.flatMap((one) => one.ids).toSorted()).toEqual(ids.filter((id) => inspecting.test(id)).toSorted());
    expect(made.filter((one) => one.ids.length === 1 && inspecting.test(one.ids[0] ?? ''))).toEqual([]);
  });

  test.each<[string, Partial<JobOutcome>]>([
    ['finds something', { kind: 'completed', value: { joined: [{ findings: [] }, { findings: [{ message: 'from elsewhere' }] }] } }],
    ['cannot be reached', { kind: 'completed', value: { joined: [{ skip: 'not-reached', text: 'refused' }, { findings: [] }] } }],
    ['notes something', { kind: 'completed', value: { joined: [{ findings: [{ message: 'a note', severity: 'info' }] }] } }],
    ['crashes', { kind: 'crashed', signal: 'SIGSEGV' } as Partial<JobOutcome>],
  ])('are made by themselves where one of them %s', async (_title, trouble) => {
    const isMeant = (ids: readonly string[]) => ids.length > 1 && ids.includes('infer/stride');
    const { made, statuses } = await conformed((ids, outcome) => (isMeant(ids) ? ({ ...outcome, ...trouble } as JobOutcome) : outcome));
    expect(statuses).toEqual(new Set(['pass']));
    const [joined] = made.filter(({ ids }) => isMeant(ids));
    for (const id of joined?.ids ?? []) expect(made.filter(({ ids }) => ids.join() === id)).toHaveLength(1);
  });

  test('are made by themselves where a check that shares nothing finds something', async () => {
    const found = { kind: 'completed', value: { findings: [{ message: 'from here' }] } } as const;
    const { made, statuses } = await conformed((ids, outcome) => (ids.join() === 'resources/handles' ? { ...outcome, ...found } : outcome));
    expect(statuses).toEqual(new Set(['pass', 'warn']));
    for (const id of made.filter(({ ids }) => ids.length > 1).flatMap(({ ids }) => ids))
      expect(made.filter(({ ids }) => ids.join() === id)).toHaveLength(1);
  });
});

test('a check that joins others can do nothing that the next one would find', () => {
  let started = 0;
  const init = () => {
    started += 1;
    return 0;
  };
  const raw = { exports: new Set(), init };
  const job = { open: () => raw } as unknown as JobContext;
  const session = new JoinedSession(job, { library: '', model: null, config: '{}' });
  session.start();
  session.start();
  expect(started).toBe(1);
  for (const call of ['init', 'initFrom', 'cleanup', 'setConfig', 'setThenOverwrite', 'unload'] as const)
    expect(() => session[call]()).toThrow(/a check that joins others calls/);
});
