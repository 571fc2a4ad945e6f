// A conformance report for the terminal: what failed first, with everything needed to mend it; what passed in few lines.
import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';
import { type DescribedCheck, type DescribedReport, describeReport } from '../../conformance/describe-report.ts';
import type { ConformanceReport } from '../../conformance/report-schema.ts';
import { foldDeaths, type SameDeaths } from './same-deaths.ts';
import { wrapText } from './wrap.ts';

type Colours = ReturnType<typeof pc.createColors>;
const mostFindings = 8;

/** How to write: with colours or without, and in how many columns; undefined breaks no line. */
export interface TextStyle {
  readonly colour: boolean;
  readonly columns?: number | undefined;
}

/** The lines of a report. */
export function conformanceLines(made: ConformanceReport, { colour, columns }: TextStyle): string[] {
  const report = describeReport(made);
  const writer = new Writer(pc.createColors(colour), columns);
  const of = (kind: DescribedCheck['kind']) => report.checks.filter((check) => check.kind === kind);
  const { full, folded } = foldDeaths(of('failed'));
  return [
    ...full.flatMap((check) => writer.problem(check)),
    ...folded.flatMap((same) => writer.sameDeaths(same)),
    ...of('warned').flatMap((check) => writer.problem(check)),
    ...writer.skipped(of('skipped')),
    ...of('passed').flatMap((check) => writer.notes(check)),
    ...writer.passed(of('passed')),
    ...writer.notChecked(report),
    '',
    ...writer.summary(report),
  ];
}

/** The lines of one check that did not pass. */
export function problemLines(check: DescribedCheck, { colour, columns }: TextStyle): string[] {
  return new Writer(pc.createColors(colour), columns).problem(check);
}

/** The closing line. */
export function summaryLines(report: Pick<ConformanceReport, SummaryParts>, { colour, columns }: TextStyle): string[] {
  return new Writer(pc.createColors(colour), columns).summary(report);
}

type SummaryParts = 'ok' | 'counts' | 'profile' | 'seed' | 'plugin' | 'durationMs';

class Writer {
  readonly #paint: Colours;
  readonly #columns: number | undefined;

  constructor(paint: Colours, columns: number | undefined) {
    this.#paint = paint;
    this.#columns = columns;
  }

  problem(check: DescribedCheck): string[] {
    const { kind, status, id, title, findings, why, fix, rule, repeat } = check;
    const paint = this.#paint;
    const words = kind === 'warned' ? '! warned' : `✗ ${status === 'fail' ? 'failed' : status}`;
    const head = `${(kind === 'warned' ? paint.yellow : paint.red)(words)} ${paint.bold(id)}  `;
    const shown = findings.slice(0, mostFindings);
    const more = findings.length - shown.length;
    return [
      ...wrapText(title, head, this.#columns, words.length + id.length + 3),
      ...shown.flatMap(({ message, severity }) =>
        wrapText(`${severity === 'error' ? '' : `${severity}: `}${printable(message)}`, '    ', this.#columns),
      ),
      ...(more > 0 ? [`    and ${more} more; --json shows all`] : []),
      ...this.#labelled('why', why),
      ...this.#labelled('fix', fix),
      ...this.#labelled('rule', rule),
      // a command is pasted whole: it is never broken
      ...(repeat === undefined ? [] : [`    ${paint.dim('again')} ${repeat}`]),
      '',
    ];
  }

  sameDeaths({ what, ids }: SameDeaths): string[] {
    return [
      ...wrapText(`${printable(what)}, as above`, `${this.#paint.red('✗')} in ${ids.length} more: `, this.#columns, 4),
      ...wrapText(ids.join(', '), '    ', this.#columns),
      '    mend the first and run again; --json has the call and the repeat line of each',
      '',
    ];
  }

  notes({ id, findings }: DescribedCheck): string[] {
    return findings.flatMap(({ message }) => this.#list(this.#paint.cyan('· note'), 6, `${id}: ${printable(message)}`));
  }

  /** One line a group. */
  passed(checks: readonly DescribedCheck[]): string[] {
    const groups = new Map<string, string[]>();
    for (const { id } of checks) {
      const [group = '', name = ''] = id.split('/');
      groups.set(group, [...(groups.get(group) ?? []), name]);
    }
    return [...groups].flatMap(([group, names]) => this.#list(this.#paint.green('✓'), 1, `${group}: ${names.join(', ')}`));
  }

  skipped(checks: readonly DescribedCheck[]): string[] {
    return byReason(checks).flatMap(([reason, ids]) => this.#list(this.#paint.cyan('– skipped'), 9, `${ids}: ${printable(reason)}`));
  }

  notChecked({ notChecked }: DescribedReport): string[] {
    const left = byReason(notChecked.filter(({ id }) => id !== 'suite'));
    return left.flatMap(([reason, ids]) => wrapText(`not checked, ${reason}: ${ids}`, '', this.#columns).map(this.#paint.dim));
  }

  summary({ ok, counts, profile, seed, plugin, durationMs }: Pick<ConformanceReport, SummaryParts>): string[] {
    const paint = this.#paint;
    const words = ok ? 'conforms' : 'does not conform';
    const verdict = (ok ? paint.green : paint.red)(paint.bold(words));
    const parts = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
    const text = `${parts.join(', ')} (profile ${profile}, seed ${seed}, ${(durationMs / 1000).toFixed(1)} s)`;
    const [first = '', ...rest] = wrapText(`${plugin.path} ${words}: ${text}`, '', this.#columns);
    return [first.replace(words, verdict), ...rest];
  }

  #labelled(label: string, text: string): string[] {
    return wrapText(text, `    ${this.#paint.dim(label)}${' '.repeat(6 - label.length)}`, this.#columns, 10);
  }

  #list(sign: string, width: number, text: string): string[] {
    return wrapText(text, `${sign} `, this.#columns, width + 1);
  }
}

/** Words of a plugin without what would steer the terminal. */
function printable(text: string): string {
  return stripVTControlCharacters(text).replace(/(?!\n)\p{Cc}/gu, '\ufffd');
}

function byReason(entries: readonly { id: string; reason?: string }[]): [reason: string, ids: string][] {
  const reasons = new Map<string, string[]>();
  for (const { id, reason = '' } of entries) reasons.set(reason, [...(reasons.get(reason) ?? []), id]);
  return [...reasons].map(([reason, ids]) => [reason, ids.length > 6 ? `${ids.length} checks` : ids.join(', ')]);
}
