// The suite as vitest tests: one test per check, so that failures show where an author looks for them.
import { resolve } from 'node:path';
import { describe, type TestContext, test } from 'vitest';
import type { Io } from '../core/io.ts';
import { KitError } from '../core/kit-error.ts';
import { openProject } from '../project/project.ts';
import type { Check } from './check.ts';
import { checks } from './checks/index.ts';
import { chooseChecks } from './choose-checks.ts';
import { conform } from './conform.ts';
import { contentOf, untilWhole } from './file-content.ts';
import { isGood } from './judge.ts';
import { openSubject } from './open-subject.ts';
import type { ProfileName } from './profiles.ts';
import { defaultBaseline, writeReport } from './project-files.ts';
import type { CheckReport, ConformanceReport } from './report-schema.ts';

/** How `conformanceTests` tests. */
export interface ConformanceTestOptions {
  /** Folder of the project; default: the working directory, or the project above it. */
  readonly project?: string;
  /** Default `strict`: what is made now keeps the whole contract. */
  readonly profile?: ProfileName;
  readonly seed?: number;
  readonly jobs?: number;
  /**
   * Checks and groups to leave out; they are listed as not checked in the report. Default: golden/images, which `goldenTests` makes a test
   * each of, and golden/budget, which `mvas bench` judges on a quiet machine. An empty list makes all checks.
   */
  readonly skip?: readonly string[];
  /** Multiplies every deadline; default 1. */
  readonly timeoutFactor?: number;
}

/** What `npm test` of a project and its bench do already. */
const madeElsewhere = ['golden/images', 'golden/budget'];
const longestRunMs = 30 * 60_000; // every check has its own deadline far below

/** Registers the tests; `env` is this process's environment. */
export function registerConformanceTests(options: ConformanceTestOptions, env: Io['env']): void {
  let running: Promise<ConformanceReport> | undefined;
  const report = () => {
    if (running === undefined) running = conformProject(options, env);
    return running;
  };
  describe('conformance', () => {
    test('the plugin is built and can be tested', { timeout: longestRunMs }, async () => {
      await report().catch((error: unknown) => {
        throw error instanceof KitError ? new ConformanceFailure(`${error.message}\n${error.hint ?? ''}`) : error;
      });
    });
    for (const check of chooseChecks(checks, { skip: options.skip ?? madeElsewhere, env }).checks)
      test(`${check.id}: ${check.title}`, { timeout: longestRunMs }, async (context) => {
        const made = await report().catch(() => undefined);
        if (made === undefined) return context.skip('the plugin could not be tested');
        showCheck(check, made, context);
      });
  });
}

async function conformProject(
  { project: folder = '.', profile = 'strict', skip = madeElsewhere, ...rest }: ConformanceTestOptions,
  env: Io['env'],
): Promise<ConformanceReport> {
  const nothing = { cwd: resolve(folder), env, signal: new AbortController().signal };
  await using open = await openSubject('.', {}, nothing);
  const project = await openProject(resolve(folder));
  const files = { library: open.subject.library, others: [] };
  for (;;) {
    await untilWhole(files.library); // `vitest --watch` starts the tests while a linker is still writing
    const before = await contentOf(files);
    const report = await conform(open.subject, { ...rest, skip, profile, baseline: await defaultBaseline(project), env });
    if ((await contentOf(files)) !== before) continue; // rebuilt meanwhile: what was seen is of neither build
    await writeReport(project, open.subject.platform, report);
    return report;
  }
}

function showCheck(check: Check, { checks: made, profile }: ConformanceReport, context: TestContext): void {
  const found = made.find(({ id }) => id === check.id);
  if (found === undefined) throw new Error(`${check.id} was not made`);
  if (!isGood(found, profile)) throw new ConformanceFailure(failureText(check, found));
  if (found.status === 'skip') context.skip(found.reason);
}

/** A broken rule as a test failure: the text says everything, a stack would lead into the kit. */
class ConformanceFailure extends Error {
  override readonly name = 'ConformanceFailure';

  constructor(message: string) {
    super(message);
    this.stack = '';
  }
}

function failureText({ fix, spec }: Check, { findings, status, reason, repeat }: CheckReport): string {
  const seen = findings.map(({ message, severity }) => (severity === 'error' ? message : `${severity}: ${message}`));
  const lines = [status === 'broken-check' ? 'a fault of the kit, not of the plugin; please report it:' : '', reason ?? '', ...seen];
  return [
    ...lines.filter((line) => line !== ''),
    `fix: ${fix}`,
    `rule: docs/${spec}`,
    ...(repeat === undefined ? [] : [`again: npx ${repeat}`]),
  ].join('\n');
}
