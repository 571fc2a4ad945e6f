// A conformance report as Markdown: the summary of a CI job.
import { type CheckView, type ConformanceView, countWords, factsOf, statusWord, worstFirst } from './conformance-view.ts';

const mostFindings = 8; // a job summary takes 1 MiB
const longest = 600;

/** The summary; what failed is in full, the rest folded away. */
export function renderMarkdown(view: ConformanceView): string {
  const shown = worstFirst(view.checks).filter(({ isGood, kind }) => !isGood || kind === 'warned');
  return [
    `## ${view.ok ? '✅' : '❌'} ${inline(view.plugin.path)} ${view.ok ? 'conforms' : 'does not conform'}`,
    '',
    `${countWords(view)} · profile ${view.profile} · seed ${view.seed} · ${view.host.platform} · ${(view.durationMs / 1000).toFixed(1)} s`,
    '',
    ...shown.flatMap(section),
    ...folded('Notes', notes(view.checks)),
    ...folded(`Skipped (${view.counts.skipped})`, byReason(view.checks.filter(({ kind, isGood }) => kind === 'skipped' && isGood))),
    ...folded(`Passed (${view.counts.passed})`, passed(view.checks)),
    ...folded('Not checked', [
      ...byReason(view.notChecked.filter(({ id }) => id !== 'suite')),
      ...view.notChecked.filter(({ id }) => id === 'suite').map(({ reason }) => `- ${prose(reason)}`),
    ]),
    ...folded(
      'About this run',
      factsOf(view).map(([label, value]) => `- ${label}: ${prose(value)}`),
    ),
  ].join('\n');
}

function section(check: CheckView): string[] {
  const { id, title, findings, reason, why, fix, rule, repeat, isGood } = check;
  const more = findings.length - mostFindings;
  return [
    `### ${isGood ? '⚠️' : '❌'} ${inline(id)} ${statusWord(check)}: ${prose(title)}`,
    '',
    ...findings.slice(0, mostFindings).map(({ message, severity }) => `- ${severity === 'error' ? '' : `${severity}: `}${prose(message)}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
    ...(reason === undefined ? [] : [`- ${prose(reason)}`]),
    '',
    `**Why:** ${prose(why)}  `,
    `**Fix:** ${prose(fix)}  `,
    `**Rule:** ${inline(rule)}`,
    '',
    ...(repeat === undefined ? [] : ['```sh', repeat.replaceAll('```', "'''"), '```', '']),
  ];
}

function notes(checks: readonly CheckView[]): string[] {
  return checks
    .filter(({ kind }) => kind === 'passed')
    .flatMap(({ id, findings }) => findings.map(({ message }) => `- ${inline(id)}: ${prose(message)}`));
}

function passed(checks: readonly CheckView[]): string[] {
  const groups = new Map<string, string[]>();
  for (const { id, kind } of checks) {
    const [group = '', name = ''] = id.split('/');
    if (kind === 'passed') groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  return [...groups].map(([group, names]) => `- **${group}**: ${names.join(', ')}`);
}

function byReason(entries: readonly { readonly id: string; readonly reason?: string | undefined }[]): string[] {
  const reasons = new Map<string, string[]>();
  for (const { id, reason = '' } of entries) reasons.set(reason, [...(reasons.get(reason) ?? []), inline(id)]);
  return [...reasons].map(([reason, ids]) => `- ${prose(reason)}: ${ids.join(', ')}`);
}

function folded(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['<details>', `<summary>${title}</summary>`, '', ...lines, '', '</details>', ''];
}

/** Text of a plugin as plain words: no markup, one line, not endless. */
function prose(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest)} …` : text;
  return cut
    .replace(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_{}[\]()#+!|~@$]/g, '\\$&');
}

function inline(text: string): string {
  return `\`${text.replaceAll('`', "'").replace(/\s+/g, ' ')}\``;
}
