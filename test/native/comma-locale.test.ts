// Numbers with a comma can be had on every machine, and the process is as before when the work is done.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobRunner } from '../../src/harness/job.ts';
import { startJobRunner } from '../../src/harness/jobs/start-job-runner.ts';
import { compilePlugin } from '../compile-plugin.ts';

const module = new URL('../plugins/harness/decimal.mjs', import.meta.url).href;
let runner: JobRunner;
let library: string;

beforeAll(async () => {
  library = await compilePlugin('test/plugins/harness/decimal.c');
  runner = await startJobRunner({ slots: 2, modules: [module], env: process.env });
});
afterAll(() => runner.close());

// musl and the runtime library of a Windows plugin have locales of their own
test.skipIf(process.platform === 'win32').each([false, true])(
  'under a locale with a comma a plugin reads and prints numbers by its rules, in a fresh process: %s',
  async (fresh) => {
    const outcome = await runner.run({ module, input: { library }, deadlineMs: 20_000, fresh });
    expect(outcome).toMatchObject({
      kind: 'completed',
      value: { before: [15, '0.25'], under: [10, '0,25'], after: [15, '0.25'], isRestored: true },
    });
  },
);
