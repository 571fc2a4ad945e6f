// Joins a report with what the suite says of each check: what every form of the report for people is made of.
import { checks } from './checks/index.ts';
import { classOf, isGood } from './judge.ts';
import type { CheckReport, ConformanceReport } from './report-schema.ts';

/** A check of a report with its rule in words. */
export interface DescribedCheck extends CheckReport {
  /** How it counts. */
  readonly kind: 'failed' | 'warned' | 'skipped' | 'passed';
  /** Whether it leaves the verdict good under the report's profile. */
  readonly isGood: boolean;
  readonly why: string;
  readonly fix: string;
  /** What the check does not see. */
  readonly blind: string;
  /** Where the rule stands, as a path in the kit. */
  readonly rule: string;
  /** Whether only the file was read. */
  readonly isStatic: boolean;
}

/** A report whose checks are described. */
export interface DescribedReport extends Omit<ConformanceReport, 'checks'> {
  readonly checks: readonly DescribedCheck[];
}

/** Describes every check; the order stays. A report may be of another version of the kit: a check that is unknown here has no words. */
export function describeReport(report: ConformanceReport): DescribedReport {
  const known = new Map(checks.map((check) => [check.id, check]));
  return {
    ...report,
    checks: report.checks.map((made) => {
      const check = known.get(made.id);
      return {
        ...made,
        kind: classOf(made),
        isGood: isGood(made, report.profile),
        why: check?.why ?? '',
        fix: check?.fix ?? '',
        blind: check?.blind ?? '',
        rule: check === undefined ? 'docs/abi.md' : `docs/${check.spec}`,
        isStatic: check?.isolation === 'static',
      };
    }),
  };
}
