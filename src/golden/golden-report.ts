// The report of a golden run, and its place on disk.
import { arch, cpus } from 'node:os';
import { join } from 'node:path';
import { writeFileAtomic } from '../core/atomic-write.ts';
import { kitVersion } from '../core/kit-version.ts';
import { hostPlatform } from '../core/platform.ts';
import type { PluginInfo } from '../harness/plugin-host.ts';
import type { Provenance } from './expected-results.ts';
import type { GoldenLine } from './golden-line.ts';
import { type PluginSubject, reportPath, type SubjectDigests } from './plugin-subject.ts';

/** How an image ended: stale means that its reference was recorded with another model, configuration or picture. */
export type GoldenStatus = 'passed' | 'failed' | 'stale' | 'missing';

/** One image of a report. */
export interface GoldenCase {
  readonly image: string;
  readonly status: GoldenStatus;
  /** Why it did not pass, apart from lines. */
  readonly reasons: readonly string[];
  readonly lines: readonly GoldenLine[];
  /** What the plugin returned this time; absent where it returned nothing. */
  readonly decision?: string;
  readonly anomalyScore?: number;
  /** Where the reference comes from; absent for one written by hand. */
  readonly provenance?: Provenance;
}

type ReportKind = 'golden' | 'bench' | 'evaluation';

/** What was tried, on what: shared by the reports of golden and bench. */
export interface ReportHead {
  readonly schema: string;
  readonly plugin: { readonly path: string; readonly sha256: string; readonly name: string; readonly version: string };
  readonly model: { readonly path: string; readonly sha256: string } | null;
  readonly config: { readonly sha256: string };
  readonly kit: { readonly version: string };
  readonly host: { readonly platform: string; readonly cpu: string };
}

/** The comparison of a plugin with its references. */
export interface GoldenReport extends ReportHead {
  readonly expectedResults: string;
  /** Every image passed. */
  readonly ok: boolean;
  readonly counts: Readonly<Record<GoldenStatus, number>>;
  readonly images: readonly GoldenCase[];
  readonly durationMs: number;
}

/** The part of a report that says what was tried. */
export function reportHead(kind: ReportKind, subject: PluginSubject, digests: SubjectDigests, info: PluginInfo): ReportHead {
  const { library, model } = subject;
  return {
    schema: `${kind}-report-v1`,
    plugin: { path: reportPath(subject, library), sha256: digests.plugin, name: info.name, version: info.version },
    model: model === null || digests.model === null ? null : { path: reportPath(subject, model), sha256: digests.model },
    config: { sha256: digests.config },
    kit: { version: kitVersion },
    host: { platform: hostPlatform(), cpu: cpus()[0]?.model.trim() ?? arch() },
  };
}

/** Counts images by how they ended. */
export function countStatuses(images: readonly GoldenCase[]): GoldenReport['counts'] {
  const counts = { passed: 0, failed: 0, stale: 0, missing: 0 };
  for (const { status } of images) counts[status] += 1;
  return counts;
}

/** Where the report of a kind, or its page, lies; undefined where nothing may be written. */
export function placeOfReport(kind: ReportKind, { reports }: PluginSubject, form: 'json' | 'html' = 'json'): string | undefined {
  return reports === undefined ? undefined : join(reports, `${kind}.${hostPlatform()}.${form}`);
}

/** Writes a report to the subject's reports folder; does nothing where there is none. Returns its path. */
export async function writeReport(kind: ReportKind, subject: PluginSubject, report: object): Promise<string | undefined> {
  const path = placeOfReport(kind, subject);
  if (path === undefined) return undefined;
  await writeFileAtomic(path, `${JSON.stringify(report, null, 2)}\n`);
  return path;
}
