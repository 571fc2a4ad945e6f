// What changed from one run of the suite to the next, for the terminal.
import pc from 'picocolors';
import { type DescribedCheck, describeReport } from '../../conformance/describe-report.ts';
import type { ConformanceReport } from '../../conformance/report-schema.ts';
import { problemLines, summaryLines, type TextStyle } from './conformance.ts';
import { wrapText } from './wrap.ts';

/** New and changed problems in full, what was mended and what is as it was by name, and the summary. */
export function changeLines(before: ConformanceReport, after: ConformanceReport, style: TextStyle): string[] {
  const paint = pc.createColors(style.colour);
  const former = new Map(describeReport(before).checks.map((check) => [check.id, check]));
  const checks = describeReport(after).checks;
  const problems = checks.filter(isProblem);
  const fresh = problems.filter((check) => signature(former.get(check.id)) !== signature(check));
  const same = problems.filter((check) => !fresh.includes(check));
  const mended = checks.filter((check) => !isProblem(check) && isProblem(former.get(check.id)));
  const named = (label: string, found: readonly DescribedCheck[]) =>
    found.length === 0
      ? []
      : wrapText(found.map(({ id }) => id).join(', '), `${label} `, style.columns, label.length + 1).map((line) => paint.dim(line));
  return [
    ...fresh.flatMap((check) => problemLines(check, style)),
    ...mended.flatMap(({ id, title }) => wrapText(title, `${paint.green('✓ mended')} ${paint.bold(id)}  `, style.columns, id.length + 11)),
    ...named('as before:', same),
    ...summaryLines(after, style),
  ];
}

function isProblem(check: DescribedCheck | undefined): boolean {
  return check !== undefined && (check.kind === 'failed' || check.kind === 'warned' || !check.isGood);
}

/** Equal for two runs in which a check said the same; what takes time says it with other numbers. */
function signature(check: DescribedCheck | undefined): string {
  return JSON.stringify([check?.status, check?.reason, check?.findings.map(({ message, severity }) => [message, severity])]);
}
