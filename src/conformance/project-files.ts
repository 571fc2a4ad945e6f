// Where a project keeps what the suite reads and writes.
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../core/atomic-write.ts';
import type { PlatformKey } from '../core/platform.ts';
import type { Project } from '../project/project.ts';
import type { ConformanceReport } from './report-schema.ts';

/** The project's list of known problems, where it has one. */
export async function defaultBaseline(project: Project | undefined): Promise<string | undefined> {
  if (project === undefined) return undefined;
  const path = join(project.root, 'conformance.baseline.json');
  return await access(path).then(
    () => path,
    () => undefined,
  );
}

/** Writes the report where `mvas package` looks for it; resolves to the path. */
export async function writeReport(project: Project, platform: PlatformKey, report: ConformanceReport): Promise<string> {
  const path = join(project.reportsFolder, `conformance.${platform}.json`);
  await writeFileAtomic(path, `${JSON.stringify(report, null, 2)}\n`);
  return path;
}
