// Decides which reports of a project go into its package: those that speak of the very library that is packed.
import { readFile } from 'node:fs/promises';
import type { PlatformKey } from '../core/platform.ts';
import { reportKinds } from './report-kinds.ts';

/** What reports speak of: its name, and the digest they know it by. */
export interface Reported {
  readonly name: string;
  readonly sha256: string;
}

/** Reports to embed, and one sentence for each that is not. */
export interface PackedReports {
  readonly reports: readonly { readonly name: string; readonly bytes: Buffer }[];
  readonly warnings: readonly string[];
}

/** Compares each report's plugin digest with the library or script; `folder` is the project's reports folder. */
export async function packReports(
  folder: string,
  reported: ReadonlyMap<PlatformKey, Reported>,
  kinds: readonly string[] = reportKinds,
): Promise<PackedReports> {
  const reports: { name: string; bytes: Buffer }[] = [];
  const warnings: string[] = [];
  for (const [platform, { name: subject, sha256: digest }] of reported) {
    for (const kind of kinds) {
      const name = `reports/${kind}.${platform}.json`;
      const bytes = await readFile(`${folder}/${kind}.${platform}.json`).catch(() => undefined);
      const judged = bytes === undefined ? 'is missing' : reportProblem(bytes, digest);
      if (bytes !== undefined && judged !== 'stale') reports.push({ name, bytes });
      if (judged !== undefined)
        warnings.push(judged === 'stale' ? `${name} is stale: it speaks of another build of ${subject}` : `${name} ${judged}`);
    }
  }
  return { reports, warnings };
}

/** A report of a failure is evidence as well: it is packed, with a warning. */
function reportProblem(bytes: Buffer, digest: string): string | undefined {
  try {
    const report: { ok?: unknown; plugin?: { sha256?: unknown } } | null = JSON.parse(bytes.toString('utf8'));
    if (report?.plugin?.sha256 !== digest) return 'stale';
    return report.ok === false ? 'says that the plugin fails' : undefined;
  } catch {
    return 'stale';
  }
}
