// Copies of one process and fresh processes give the same verdicts: each broken plugin by its own checks and further ones, drawn by lot.
// Every other plugin brings a library: most of its checks are made where that is ready, several of them in one copy.
import { readFileSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checks } from '../../src/conformance/checks/index.ts';
import { conform } from '../../src/conformance/conform.ts';
import { seededRandom } from '../../src/conformance/random.ts';
import { startConformanceRunner } from '../../src/conformance/start-conformance-runner.ts';
import type { JobRunner } from '../../src/harness/job.ts';
import { bringingLibrary, compileTwin, timeoutFactorOf, twinFolder, twinSources } from '../compile-twin.ts';
import { subjectOf, twinModel } from '../conformance-subject.ts';
import { declaredManifest } from '../declared-manifest.ts';

const random = seededRandom(4);
/** Those that compare what copies of one process do, without times. */
const comparing = checks.filter((check) => check.isolation === 'repeated' && check.processes === 'copied' && check.severity !== 'info');
const ids = [...checks.filter(({ isolation }) => ['child', 'memory', 'results'].includes(isolation)), ...comparing].map(({ id }) => id);
/** Those that use one start of the plugin with others where a library is ready. */
const joining = checks.filter((check) => check.isolation === 'results' || ('joins' in check && check.joins)).map(({ id }) => id);
const sources = twinSources();

/** The checks a twin fails that may run either way, and one more of each list; where results depend on the process, all that compare processes. */
function checksOf(source: string, more: readonly (readonly string[])[]): string[] {
  const also = /^\/\/ Also fails: (.*)$/m.exec(readFileSync(join(twinFolder, source), 'utf8'))?.[1]?.split(', ') ?? [];
  const own = ids.filter((id) => source.startsWith(id) || also.includes(id));
  const further = source.startsWith('determinism/processes') ? comparing.map(({ id }) => id) : [];
  const drawn = more.map((list) => list[random.below(list.length)] ?? '');
  return own.length + further.length === 0 ? [] : [...new Set([...own, ...further, ...drawn])];
}

let copies: JobRunner;
let fresh: JobRunner;
beforeAll(async () => {
  copies = await startConformanceRunner({ jobs: 2, env: process.env });
  fresh = await startConformanceRunner({ jobs: 2, fresh: true, env: process.env });
});
afterAll(() => Promise.all([copies.close(), fresh.close()]));

const cases = sources
  .map((source, at) => ({ source, brings: platform() === 'linux' && at % 2 === 1 }))
  .map(({ source, brings }) => ({ source, brings, only: checksOf(source, brings ? [ids, joining, joining] : [ids]) }))
  .filter(({ only }) => only.length > 0);

test.concurrent.each(cases)('$source is judged the same in copies and in fresh processes', async ({ source, brings, only }) => {
  const library = await compileTwin(source, brings ? await bringingLibrary() : []);
  const verdicts = async (runner: JobRunner) => {
    const subject = subjectOf(library, twinModel, declaredManifest(join(twinFolder, source)));
    const { checks: made } = await conform(subject, {
      profile: 'strict',
      only: ['lifecycle/load', ...only],
      runner,
      timeoutFactor: timeoutFactorOf(source),
      env: process.env,
    });
    return {
      said: made.map(({ id, status, findings }) => [id, status, ...new Set(findings.map(({ severity }) => severity))].join(' ')),
      told: made.flatMap(({ id, findings }) => findings.map(({ message }) => `${id}: ${message}`)).join('\n'),
    };
  };
  const [apart, together] = [await verdicts(fresh), await verdicts(copies)];
  expect(apart.said, `in fresh processes:\n${apart.told}\nin copies:\n${together.told}`).toEqual(together.said);
});
