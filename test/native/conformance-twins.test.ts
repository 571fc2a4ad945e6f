// The proof of the suite: every check finds its broken twins and nothing else in them, and good plugins pass.
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checks } from '../../src/conformance/checks/index.ts';
import { conform } from '../../src/conformance/conform.ts';
import { type ConformanceReport, conformanceReportSchema } from '../../src/conformance/report-schema.ts';
import { startConformanceRunner } from '../../src/conformance/start-conformance-runner.ts';
import type { NativeManifest } from '../../src/manifest/native-manifest.ts';
import { lazySchema } from '../../src/schema/compile-schema.ts';
import { checkOfTwin } from '../check-of-twin.ts';
import { compilePlugin } from '../compile-plugin.ts';
import { compileTwin, shortDeadlines, timeoutFactorOf, twinFolder, twinSources } from '../compile-twin.ts';
import { subjectOf, twinModel } from '../conformance-subject.ts';
import { declaredManifest } from '../declared-manifest.ts';
import { releaseTwins } from '../release-twins.ts';
import { scratchFolder } from '../scratch.ts';
import { staticTwins } from '../static-twins.ts';

const sources = twinSources();
const problems = lazySchema(conformanceReportSchema);

// One more than there are cores: a slot waits while its copy begins and ends.
const runner = await startConformanceRunner({ jobs: availableParallelism() + 1, env: process.env });
afterAll(() => runner.close());

/** What a twin says of itself: `// Also fails: a/b, c/d`, and `// Severity: info` where its check only informs. */
function expectationOf(source: string): { failing: string[]; informs: boolean; isMade: boolean } {
  const text = readFileSync(join(twinFolder, source), 'utf8');
  const also = /^\/\/ Also fails: (.*)$/m.exec(text)?.[1]?.split(', ') ?? [];
  const check = checkOfTwin(source);
  const informs = check.severity === 'info' || /^\/\/ Severity: info$/m.test(text);
  const isMade = check.isolation !== 'long'; // such a twin fails nothing in an ordinary run
  return { failing: [...(informs || !isMade ? [] : [check.id]), ...also].sort(), informs, isMade };
}

const compiled = new Map<string, Promise<string>>();

/** Compiles a twin and begins with the next ones, so that the compiler works while a twin waits for its deadline. */
function libraryOf(source: string): Promise<string> {
  const from = sources.indexOf(source);
  for (const next of sources.slice(from, from + 3)) {
    const compiling = compiled.get(next) ?? compileTwin(next);
    compiling.catch(() => undefined); // told by its own test
    compiled.set(next, compiling);
  }
  return compiled.get(source) ?? compileTwin(source);
}

/**
 * The checks that start processes of their own take as long as all others together: they are made on every eighth twin, and on each that
 * names them. `npm run bench -- conformance-fresh` makes all of them on all twins.
 */
function leftOut(source: string): string[] {
  const { failing } = expectationOf(source);
  const costly = checks.filter((check) => check.isolation === 'repeated' && check.processes !== 'copied');
  const isWhole = sources.indexOf(source) % 8 === 0 || costly.some((check) => check === checkOfTwin(source));
  return isWhole ? [] : costly.map(({ id }) => id).filter((id) => !failing.includes(id));
}

async function strictReport(
  library: string,
  model: string | null,
  {
    manifest,
    timeoutFactor = shortDeadlines,
    skip = [],
  }: { manifest?: NativeManifest | undefined; timeoutFactor?: number; skip?: string[] } = {},
): Promise<ConformanceReport> {
  const subject = subjectOf(library, model, manifest);
  const report = await conform(subject, { profile: 'strict', runner, timeoutFactor, skip, env: process.env });
  expect(problems(report)).toEqual([]);
  return report;
}

function failures({ checks: made }: ConformanceReport): string[] {
  return made
    .filter(({ status }) => status !== 'pass' && status !== 'skip')
    .map(({ id }) => id)
    .sort();
}

/** Faults that no C source makes. */
const files: readonly (readonly [id: string, title: string, make: (path: string) => Promise<unknown>])[] = [
  ['binary/format', 'a text file', async (path) => writeFileSync(path, 'GROUP ( libplugin.so )\n')],
  ['binary/format', 'an empty file', async (path) => writeFileSync(path, '')],
  [
    'binary/format',
    'a library cut off',
    async (path) => truncateSync(await compilePlugin('test/plugins/good/plain.c', { output: path }), 5000),
  ],
  ['binary/format', 'an executable', async (path) => writeFileSync(path, readFileSync(process.execPath))],
];

describe('broken twins', () => {
  test.concurrent.each(sources)('%s fails its check and nothing else', async (source) => {
    const manifest = declaredManifest(join(twinFolder, source));
    const how = { manifest, timeoutFactor: timeoutFactorOf(source), skip: leftOut(source) };
    const report = await strictReport(await libraryOf(source), twinModel, how);
    const { failing, informs, isMade } = expectationOf(source);
    const told = report.checks.flatMap(({ id, findings }) =>
      failing.includes(id) ? [] : findings.map(({ message }) => `${id}: ${message}`),
    );
    expect(failures(report), told.join('; ')).toEqual(failing);
    expect(report.ok).toBe(failing.length === 0);
    if (!isMade) return expect(report.notChecked.map(({ id }) => id)).toContain(checkOfTwin(source).id);
    const own = report.checks.find(({ id }) => id === checkOfTwin(source).id);
    expect(own?.findings.length).toBeGreaterThan(0);
    if (informs) expect(own?.findings.map(({ severity }) => severity)).toContain('info');
    else expect(own?.repeat).toContain(`--only ${own?.id} --seed 1`);
  });

  const long = sources.filter((source) => checkOfTwin(source).isolation === 'long');
  test.each(long)('%s fails its check on demand, and the piece that failed fails again alone', async (source) => {
    const subject = subjectOf(await libraryOf(source), twinModel);
    const options = { only: [checkOfTwin(source).id], runner, env: process.env };
    const [found] = (await conform(subject, { ...options, long: { forMs: 100_000 } })).checks;
    expect(found?.status).toMatch(/^(fail|crash)$/);
    const chunk = Number(/ --chunk (\d+)$/.exec(found?.repeat ?? '')?.[1]);
    expect(chunk).toBeGreaterThan(0);
    const [again] = (await conform(subject, { ...options, long: { chunk } })).checks;
    expect(again).toEqual({ ...found, durationMs: again?.durationMs });
    const [before] = (await conform(subject, { ...options, long: { chunk: chunk - 1 } })).checks;
    expect(before?.status).toBe('pass');
  });

  test.each(files)('%s fails for %s and nothing else does', async (id, _title, make) => {
    const library = join(await scratchFolder(), 'plugin.so');
    await make(library);
    expect(failures(await strictReport(library, null))).toEqual([id]);
  });
});

test('every check has a twin', () => {
  const proven = new Set([
    ...sources.map((source) => checkOfTwin(source).id),
    ...files.map(([id]) => id),
    ...[...staticTwins, ...releaseTwins].map(({ id }) => id),
  ]);
  for (const id of ['golden/images', 'golden/fresh', 'golden/budget']) proven.add(id); // conformance-golden.test.ts
  expect(checks.map(({ id }) => id).filter((id) => !proven.has(id))).toEqual([]);
});
