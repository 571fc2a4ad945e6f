// Holds a built plugin against the contract: every check, each where a fault cannot reach anything else.
import { performance } from 'node:perf_hooks';
import { hostFacts } from '../core/host-facts.ts';
import { KitError } from '../core/kit-error.ts';
import { type BaselineEntry, readBaseline } from './baseline.ts';
import type { Check } from './check.ts';
import { CheckRun, type RunSettings } from './check-run.ts';
import { checks } from './checks/index.ts';
import { chooseChecks } from './choose-checks.ts';
import { classOf, isGood, type Rules } from './judge.ts';
import { neverChecked } from './never-checked.ts';
import type { ProfileName } from './profiles.ts';
import { describeKit, describeSubject } from './report-facts.ts';
import { type CheckReport, type ConformanceReport, conformanceReportSchema } from './report-schema.ts';
import type { Subject } from './subject.ts';

/** How to test. */
export interface ConformOptions extends RunSettings {
  /** Default `standard`. */
  readonly profile?: ProfileName | undefined;
  /** Ids of the only checks to make, and of those to leave out. */
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  /** Everything random follows from it; default 1. */
  readonly seed?: number | undefined;
  /** Path of a list of known problems. */
  readonly baseline?: string | undefined;
}

/**
 * Runs the suite on a plugin.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`; `FLAG_INVALID` for an id that is no check's; `NOTHING_TESTED` when every check was left out, or the plugin
 * needs a model and none was given; `INTERRUPTED`.
 */
export async function conform(subject: Subject, options: ConformOptions = {}): Promise<ConformanceReport> {
  const start = performance.now();
  const { profile = 'standard', seed = 1 } = options;
  const chosen = chooseChecks(checks, options);
  requireLong(options, chosen.checks);
  const rules: Rules = { profile, baseline: await baselineOf(options), today: new Date().toISOString().slice(0, 10) };
  const described = await describeSubject(subject);
  const run = await CheckRun.start(subject, { ...options, seed, rules });
  try {
    // the digest is made while this process waits for checks
    const [reports, kit] = await Promise.all([run.all(chosen.checks), describeKit()]);
    if (options.signal?.aborted === true) throw new KitError('INTERRUPTED', 'interrupted');
    return {
      schema: conformanceReportSchema.properties.schema.const,
      ...described,
      kit,
      runner: options.launcher?.kind ?? 'native',
      profile,
      seed,
      host: hostFacts(),
      ok: reports.every((report) => isGood(report, profile)),
      counts: countReports(reports),
      checks: reports,
      notChecked: [...chosen.notChecked, ...neverChecked.map((reason) => ({ id: 'suite', reason }))],
      durationMs: Math.round(performance.now() - start),
    };
  } finally {
    await run.close();
  }
}

function requireLong({ long }: ConformOptions, chosen: readonly Check[]): void {
  if ((long?.forMs === undefined && long?.chunk === undefined) || chosen.some(({ isolation }) => isolation === 'long')) return;
  const id = checks.find(({ isolation }) => isolation === 'long')?.id;
  throw new KitError('FLAG_INVALID', '--for and --chunk belong to a check that is made in pieces', { hint: `name it: --only ${id}` });
}

async function baselineOf({ baseline }: ConformOptions): Promise<BaselineEntry[]> {
  return baseline === undefined ? [] : await readBaseline(baseline, new Set(checks.map(({ id }) => id)));
}

function countReports(reports: readonly CheckReport[]): ConformanceReport['counts'] {
  const counts = { passed: 0, warned: 0, failed: 0, skipped: 0 };
  for (const report of reports) counts[classOf(report)] += 1;
  return counts;
}
