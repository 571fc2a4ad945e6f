// No false alarm: correct plugins in every language and manner, and nothing above information about any of them.
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checks } from '../../src/conformance/checks/index.ts';
import { conform } from '../../src/conformance/conform.ts';
import { conformanceReportSchema } from '../../src/conformance/report-schema.ts';
import { startConformanceRunner } from '../../src/conformance/start-conformance-runner.ts';
import { lazySchema } from '../../src/schema/compile-schema.ts';
import { compilePlugin } from '../compile-plugin.ts';
import { goodModel, subjectOf } from '../conformance-subject.ts';
import { declaredManifest } from '../declared-manifest.ts';
import { type GoodPlugin, goodPlugins } from '../good-plugins.ts';
import { optionalTool } from '../tools.ts';

const problems = lazySchema(conformanceReportSchema);
const runner = await startConformanceRunner({ jobs: 2, env: process.env });
afterAll(() => runner.close());

function reportOf({ source, profile }: GoodPlugin, library: string) {
  const manifest = declaredManifest(join(import.meta.dirname, '../plugins/good', source));
  return conform(subjectOf(library, goodModel, manifest), { profile, runner, env: process.env });
}

for (const plugin of goodPlugins) {
  const isMissing = (plugin.only === 'posix' && process.platform === 'win32') || (plugin.tool && !optionalTool(plugin.tool));
  test.skipIf(isMissing)(`the good plugin ${plugin.source} passes the ${plugin.profile} profile`, async () => {
    const report = await reportOf(plugin, await compilePlugin(`test/plugins/good/${plugin.source}`));
    expect(problems(report)).toEqual([]);
    const loud = report.checks.filter(({ status }) => status !== 'pass' && status !== 'skip');
    expect(
      plugin.profile === 'basic' ? loud.filter(({ findings }) => findings.some(({ severity }) => severity === 'error')) : loud,
    ).toEqual([]);
    expect(report.checks.filter(({ reason }) => reason?.startsWith('not-reached'))).toEqual([]);
    // nor is any of them said to answer every picture alike
    const drawn = report.checks.find(({ id }) => id === 'infer/fuzz')?.findings;
    expect(drawn?.filter(({ severity }) => severity === 'info')).toEqual([]);
    expect(report.ok).toBe(true);
    const left = report.notChecked.filter(({ id }) => id !== 'suite').map(({ id }) => id);
    expect(left).toEqual(checks.filter(({ isolation }) => isolation === 'long').map(({ id }) => id));
  });
}

// in these a legal part of the ordinary picture is of a size that the plugin may refuse
test.each([51, 96])('a plugin of few sizes passes the pictures drawn with seed %d', async (seed) => {
  const library = await compilePlugin('test/plugins/good/gray.c');
  const { checks: made } = await conform(subjectOf(library, goodModel), { only: ['infer/fuzz'], runner, seed, env: process.env });
  expect(made.map(({ id, status, findings }) => [id, status, findings])).toEqual([['infer/fuzz', 'pass', []]]);
});
