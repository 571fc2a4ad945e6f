// The one file that processes of the suite run says and does what the modules do that it is made of.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { modulesOf } from '../../src/conformance/check-jobs.ts';
import { checks } from '../../src/conformance/checks/index.ts';
import { startConformanceRunner } from '../../src/conformance/start-conformance-runner.ts';
import { compiledModule } from '../../src/core/kit-version.ts';
import type { JobRunner } from '../../src/harness/job.ts';
import { startJobRunner } from '../../src/harness/jobs/start-job-runner.ts';

const module = compiledModule('conformance/check-job.js').href;
const uses = [compiledModule('conformance/checks/info/strings.js').href];

/** Modules and lines of the stack of a check whose order is nonsense. */
async function positionsOfFailure(runner: JobRunner): Promise<string[]> {
  const outcome = await runner.run({ module, uses, input: { id: 'info/strings', seed: 1, frame: null }, deadlineMs: 20_000 });
  await runner.close();
  if (outcome.kind !== 'broken') throw new Error(`the job ${outcome.kind}`);
  const frames = outcome.error.matchAll(/dist[\\/](conformance|harness)[\\/](\S+:\d+):\d+/g);
  return [...frames].map(([, folder, position]) => `${folder}/${position?.replaceAll('\\', '/')}`);
}

test('a fault of ours is told by the lines of the modules, not of the bundle', async () => {
  const whole = await positionsOfFailure(await startJobRunner({ slots: 1, modules: [module, ...uses], fresh: true, env: process.env }));
  expect(whole[0]).toMatch(/^conformance\/[\w-]+\.js:\d+$/);
  expect(await positionsOfFailure(await startConformanceRunner({ jobs: 1, fresh: true, env: process.env }))).toEqual(whole);
  const inCopy = await positionsOfFailure(await startConformanceRunner({ jobs: 1, env: process.env }));
  expect(inCopy.filter((frame) => frame.startsWith('conformance/'))).toEqual(whole.filter((frame) => frame.startsWith('conformance/')));
});

test('it holds every check and asks for no package but koffi', () => {
  const bundle = readFileSync(compiledModule('conformance/jobs.cjs'), 'utf8');
  for (const url of modulesOf(checks))
    expect(bundle).toContain(`compiledModule("${fileURLToPath(url).replaceAll('\\', '/').split('/dist/').at(-1)}").href`);
  const packages = new Set(
    [...bundle.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name).filter((name) => !name?.startsWith('node:')),
  );
  expect([...packages]).toEqual(['koffi']);
});
