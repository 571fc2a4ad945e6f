// From what a check found, and how its process ended, to its place in the report.
import { type BaselineEntry, isExpired } from './baseline.ts';
import type { Check } from './check.ts';
import type { Finding, Severity, Skip } from './finding.ts';
import { type ProfileName, profiles, severityUnder } from './profiles.ts';
import type { CheckReport, CheckStatus } from './report-schema.ts';

/** How the process of a check ended when the check itself could not say. */
export interface Death {
  readonly death: 'crash' | 'hang' | 'exited';
  /** What happened, with the call. */
  readonly message: string;
  readonly call?: string;
}

/** What came out of a check, before profile and baseline. */
export type Outcome = readonly Finding[] | Skip | Death | { readonly broken: string };

/** How to judge. */
export interface Rules {
  readonly profile: ProfileName;
  readonly baseline: readonly BaselineEntry[];
  /** YYYY-MM-DD, for entries of the baseline that expire. */
  readonly today: string;
}

type ReportFinding = CheckReport['findings'][number];
type Judged = Pick<CheckReport, 'status' | 'findings'> & Partial<Pick<CheckReport, 'reason' | 'call'>>;

/** Applies profile and baseline. */
export function judge(check: Check, outcome: Outcome, rules: Rules): Judged {
  if ('broken' in outcome) return { status: 'broken-check', findings: [{ message: outcome.broken, severity: 'error' }] };
  const entries = rules.baseline.filter(({ id }) => id === check.id);
  const current = entries.filter((entry) => !isExpired(entry, rules.today));
  const used = new Set<BaselineEntry>();
  const accept = (text: string): BaselineEntry | undefined => {
    const entry = current.find(({ match }) => text.includes(match));
    if (entry !== undefined) used.add(entry);
    return entry;
  };
  const judged = weigh(check, outcome, rules, accept);
  const stale = entries.flatMap((entry) => leftOver(entry, used, rules.today));
  if (stale.length === 0) return judged;
  return { ...judged, status: isDeath(judged.status) ? judged.status : 'fail', findings: [...judged.findings, ...stale] };
}

function weigh(
  check: Check,
  outcome: Exclude<Outcome, { broken: string }>,
  { profile }: Rules,
  accept: (text: string) => BaselineEntry | undefined,
): Judged {
  const severity = severityUnder(profile, check.id, check.severity);
  if ('skip' in outcome) {
    const entry = accept(outcome.text);
    return { status: 'skip', findings: [], reason: entry === undefined ? `${outcome.skip}: ${outcome.text}` : `baseline: ${entry.reason}` };
  }
  if ('death' in outcome) {
    const entry = accept(outcome.message);
    const call = outcome.call === undefined ? {} : { call: outcome.call };
    if (entry !== undefined) return { status: 'pass', findings: [excused(outcome.message, entry)], ...call };
    return {
      status: outcome.death,
      findings: [{ message: outcome.message, severity: severityUnder(profile, check.id, 'error') }],
      ...call,
    };
  }
  const findings = outcome.map((finding): ReportFinding => {
    const entry = accept(finding.message);
    if (entry !== undefined) return excused(finding.message, entry);
    const own = finding.severity === undefined ? severity : severityUnder(profile, check.id, finding.severity);
    return { message: finding.message, severity: own, ...(finding.data === undefined ? {} : { data: { ...finding.data } }) };
  });
  return { status: statusOf(findings.map((finding) => finding.severity)), findings };
}

function excused(message: string, entry: BaselineEntry): ReportFinding {
  return { message: `${message} (known: ${entry.reason})`, severity: 'info' };
}

function leftOver(entry: BaselineEntry, used: ReadonlySet<BaselineEntry>, today: string): ReportFinding[] {
  const name = `the baseline's entry ${JSON.stringify(entry.match)}`;
  if (isExpired(entry, today)) return [{ message: `${name} expired on ${entry.expires}`, severity: 'error' }];
  return used.has(entry) ? [] : [{ message: `${name} no longer fails: remove it`, severity: 'error' }];
}

function statusOf(severities: readonly Severity[]): CheckStatus {
  if (severities.includes('error')) return 'fail';
  return severities.includes('warning') ? 'warn' : 'pass';
}

function isDeath(status: CheckStatus): boolean {
  return status === 'crash' || status === 'hang' || status === 'exited';
}

/** How a check counts. A death counts as failed, or as warned where its profile makes a warning of it. */
export function classOf(report: Pick<CheckReport, 'status' | 'findings'>): 'passed' | 'warned' | 'failed' | 'skipped' {
  if (report.status === 'pass') return 'passed';
  if (report.status === 'warn') return 'warned';
  if (report.status === 'skip') return 'skipped';
  return report.status !== 'fail' && report.status !== 'broken-check' && report.findings.every(({ severity }) => severity !== 'error')
    ? 'warned'
    : 'failed';
}

/** Whether a check leaves the verdict good under a profile. */
export function isGood(report: CheckReport, profile: ProfileName): boolean {
  const kind = classOf(report);
  if (kind === 'warned') return !profiles[profile].warningsFail;
  if (kind === 'skipped') return !(report.reason ?? '').startsWith('not-reached:');
  return kind === 'passed';
}
