// What `mvas bench` does; apart from its flags, so that help loads none of it.
import { resolve } from 'node:path';
import { benchSubject } from '../bench/bench-plugin.ts';
import type { BenchReport } from '../bench/bench-report.ts';
import type { Io } from '../core/io.ts';
import { openSubject } from '../golden/open-subject.ts';
import { benchForms } from './bench-forms.ts';
import { showAdvance } from './progress-bar.ts';
import { benchLines } from './render/bench.ts';
import { benchFailures } from './render/bench-failures.ts';
import { planReports, writeReports } from './report-files.ts';

/** Flags of `mvas bench`. */
export interface BenchFlags {
  readonly model?: string;
  readonly config?: string;
  readonly allowUnsigned?: true;
  readonly json?: true;
  readonly iterations?: number;
  readonly warmup: number;
  readonly image?: string;
  readonly images?: string | true;
  readonly takt?: number;
  readonly idle?: number;
  readonly hosts?: number;
  readonly for?: number;
  readonly sweep?: true;
  readonly distinct?: true;
  readonly force?: true;
  readonly report?: readonly string[];
}

/** Times a plugin and tells of it; gives the exit code. */
export async function runBench(io: Io, flags: BenchFlags, path: string | undefined): Promise<number> {
  const { images, report: files = [], ...subjectFlags } = flags;
  const planned = planReports(files, benchForms, io);
  await using open = await openSubject(path, subjectFlags, io);
  const at = (file: string | undefined): string | undefined => (file === undefined ? undefined : resolve(io.cwd, file));
  const result = await benchSubject(open.subject, {
    iterations: flags.iterations,
    warmup: flags.warmup,
    image: at(flags.image),
    imageFolder: images === true ? open.subject.testImages : at(images),
    taktMs: flags.takt,
    idleMs: flags.idle,
    cameras: flags.hosts,
    soakMs: flags.for,
    sweep: flags.sweep,
    distinct: flags.distinct,
    force: flags.force,
    env: io.env,
    signal: io.signal,
    progress: (line) => io.progress(line),
    onAdvance: showAdvance(io),
  });
  io.status(undefined);
  const { report } = result;
  for (const path of await writeReports(planned, result)) io.progress(`written: ${path}`);
  if (flags.json) io.print(JSON.stringify(report, null, 2));
  else for (const line of benchLines(report, io.colour)) io.print(line);
  return conclude(io, report);
}

function conclude(io: Io, report: BenchReport): number {
  for (const line of benchFailures(report)) io.progress(line);
  if (report.ok) return 0;
  const isOpen = report.budget?.ok === null;
  const isBroken = report.budget?.ok === false || report.results.reference === 'differs' || report.soak?.ok === false;
  const isWrong = report.images?.some(({ reference }) => reference === 'differs') ?? false;
  return isOpen && !isBroken && !isWrong ? 2 : 1;
}
