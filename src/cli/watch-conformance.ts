// `mvas conform --watch`: the whole report once, then what each rebuild changed.
import { conformOnChange, type OnChangeOptions } from '../conformance/conform-on-change.ts';
import { type OpenedSubject, openSubject, type SubjectOptions } from '../conformance/open-subject.ts';
import { defaultBaseline, writeReport } from '../conformance/project-files.ts';
import type { ConformanceReport } from '../conformance/report-schema.ts';
import type { Io } from '../core/io.ts';
import { conformanceLines } from './render/conformance.ts';
import { changeLines } from './render/conformance-changes.ts';

/** What to watch and how to show it. */
export interface WatchSettings {
  readonly path: string;
  readonly subject: SubjectOptions;
  /** Path of the known problems, when one was named. */
  readonly baseline: string | undefined;
  readonly json: boolean;
  readonly options: OnChangeOptions;
  /** Writes the files of `--report`; resolves to their paths. */
  readonly write: (report: ConformanceReport) => Promise<readonly string[]>;
}

/** Runs until it is interrupted. Every report is one JSON line with `json`. */
export async function watchConformance(settings: WatchSettings, io: Io): Promise<never> {
  const { path, subject, baseline, json, options } = settings;
  const known = async ({ project }: OpenedSubject) => baseline ?? (await defaultBaseline(project));
  let former: ConformanceReport | undefined;
  for await (const verdict of conformOnChange(() => openSubject(path, subject, io), { ...options, baseline: known })) {
    if (verdict.kind === 'untested') {
      io.progress(`${verdict.error.code}: ${verdict.error.message}`);
      if (verdict.error.hint !== undefined) io.progress(`  ${verdict.error.hint}`);
      continue;
    }
    const { report, opened } = verdict;
    if (opened.project !== undefined) await writeReport(opened.project, opened.subject.platform, report);
    for (const line of json ? [JSON.stringify(report)] : linesOf(former, report, io)) io.print(line);
    await settings.write(report);
    io.progress(`waiting for another build of ${report.plugin.path}; Ctrl-C ends`);
    former = report;
  }
  throw new Error('watching ends by an interruption only');
}

function linesOf(former: ConformanceReport | undefined, report: ConformanceReport, io: Io): string[] {
  return former === undefined ? conformanceLines(report, io) : ['', ...changeLines(former, report, io)];
}
