// A conformance report for the terminal: what failed first, with everything needed to mend it; what passed in few lines.
import pc from 'picocolors';
import { checks } from '../../conformance/checks/index.ts';
import { classOf } from '../../conformance/judge.ts';
import type { CheckReport, ConformanceReport } from '../../conformance/report-schema.ts';

type Colours = ReturnType<typeof pc.createColors>;
const mostFindings = 8;

/** The lines of a report. */
export function conformanceLines(report: ConformanceReport, colour: boolean): string[] {
  const paint = pc.createColors(colour);
  const group = (kind: ReturnType<typeof classOf>) => report.checks.filter((check) => classOf(check) === kind);
  return [
    ...group('failed').flatMap((check) => problemLines(check, paint, paint.red(`✗ ${check.status === 'fail' ? 'failed' : check.status}`))),
    ...group('warned').flatMap((check) => problemLines(check, paint, paint.yellow('! warned'))),
    ...skippedLines(group('skipped'), paint),
    ...group('passed').flatMap((check) => noteLines(check, paint)),
    ...passedLines(group('passed'), paint),
    ...notCheckedLines(report, paint),
    '',
    summary(report, paint),
  ];
}

function problemLines(check: CheckReport, paint: Colours, head: string): string[] {
  const declared = checks.find(({ id }) => id === check.id);
  const shown = check.findings
    .slice(0, mostFindings)
    .map(({ message, severity }) => `    ${severity === 'error' ? '' : `${severity}: `}${message}`);
  const more = check.findings.length - shown.length;
  return [
    `${head} ${paint.bold(check.id)}  ${check.title}`,
    ...shown,
    ...(more > 0 ? [`    and ${more} more; --json shows all`] : []),
    `    ${paint.dim('why')}   ${declared?.why ?? ''}`,
    `    ${paint.dim('fix')}   ${declared?.fix ?? ''}`,
    `    ${paint.dim('rule')}  docs/${declared?.spec ?? ''}`,
    ...(check.repeat === undefined ? [] : [`    ${paint.dim('again')} ${check.repeat}`]),
    '',
  ];
}

function noteLines(check: CheckReport, paint: Colours): string[] {
  return check.findings.map(({ message }) => `${paint.cyan('· note')} ${check.id}: ${message}`);
}

/** One line a group. */
function passedLines(passed: readonly CheckReport[], paint: Colours): string[] {
  const groups = new Map<string, string[]>();
  for (const { id } of passed) {
    const [group = '', name = ''] = id.split('/');
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  return [...groups].map(([group, names]) => `${paint.green('✓')} ${group}: ${names.join(', ')}`);
}

function skippedLines(skipped: readonly CheckReport[], paint: Colours): string[] {
  return byReason(skipped).map(([reason, ids]) => `${paint.cyan('– skipped')} ${ids}: ${reason}`);
}

function notCheckedLines({ notChecked }: ConformanceReport, paint: Colours): string[] {
  return byReason(notChecked.filter(({ id }) => id !== 'suite')).map(([reason, ids]) => paint.dim(`not checked, ${reason}: ${ids}`));
}

function byReason(entries: readonly { id: string; reason?: string }[]): [reason: string, ids: string][] {
  const reasons = new Map<string, string[]>();
  for (const { id, reason = '' } of entries) reasons.set(reason, [...(reasons.get(reason) ?? []), id]);
  return [...reasons].map(([reason, ids]) => [reason, ids.length > 6 ? `${ids.length} checks` : ids.join(', ')]);
}

function summary({ ok, counts, profile, seed, plugin, durationMs }: ConformanceReport, paint: Colours): string {
  const verdict = ok ? paint.green(paint.bold('conforms')) : paint.red(paint.bold('does not conform'));
  const parts = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
  return `${plugin.path} ${verdict}: ${parts.join(', ')} (profile ${profile}, seed ${seed}, ${(durationMs / 1000).toFixed(1)} s)`;
}
