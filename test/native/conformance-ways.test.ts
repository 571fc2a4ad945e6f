// Copies of one process and fresh processes give the same verdicts: each broken plugin by its own checks and one more, drawn by lot.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checks } from '../../src/conformance/checks/index.ts';
import { conform } from '../../src/conformance/conform.ts';
import { seededRandom } from '../../src/conformance/random.ts';
import { startConformanceRunner } from '../../src/conformance/start-conformance-runner.ts';
import type { JobRunner } from '../../src/harness/job.ts';
import { compileTwin, timeoutFactorOf, twinFolder, twinSources } from '../compile-twin.ts';
import { subjectOf, twinModel } from '../conformance-subject.ts';
import { declaredManifest } from '../declared-manifest.ts';

const random = seededRandom(4);
/** Those that compare what copies of one process do, without times. */
const comparing = checks.filter((check) => check.isolation === 'repeated' && check.processes === 'copied' && check.severity !== 'info');
const ids = [...checks.filter(({ isolation }) => ['child', 'memory'].includes(isolation)), ...comparing].map(({ id }) => id);
const sources = twinSources();

/** The checks a twin fails that may run either way, and another; where results depend on the process, all that compare processes. */
function checksOf(source: string): string[] {
  const also = /^\/\/ Also fails: (.*)$/m.exec(readFileSync(join(twinFolder, source), 'utf8'))?.[1]?.split(', ') ?? [];
  const own = ids.filter((id) => source.startsWith(id) || also.includes(id));
  const further = source.startsWith('determinism/processes') ? comparing.map(({ id }) => id) : [];
  return own.length + further.length === 0 ? [] : [...new Set([...own, ...further, ids[random.below(ids.length)] ?? ''])];
}

let copies: JobRunner;
let fresh: JobRunner;
beforeAll(async () => {
  copies = await startConformanceRunner({ jobs: 2, env: process.env });
  fresh = await startConformanceRunner({ jobs: 2, fresh: true, env: process.env });
});
afterAll(() => Promise.all([copies.close(), fresh.close()]));

const cases = sources.map((source) => ({ source, only: checksOf(source) })).filter(({ only }) => only.length > 0);

test.concurrent.each(cases)('$source is judged the same in copies and in fresh processes', async ({ source, only }) => {
  const library = await compileTwin(source);
  const verdicts = async (runner: JobRunner) => {
    const subject = subjectOf(library, twinModel, declaredManifest(join(twinFolder, source)));
    const { checks: made } = await conform(subject, {
      profile: 'strict',
      only: ['lifecycle/load', ...only],
      runner,
      timeoutFactor: timeoutFactorOf(source),
      env: process.env,
    });
    return made.map(({ id, status, findings }) => [id, status, ...new Set(findings.map(({ severity }) => severity))].join(' '));
  };
  expect(await verdicts(fresh)).toEqual(await verdicts(copies));
});
