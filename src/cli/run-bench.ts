// What `mvas bench` does; apart from its flags, so that help loads none of it.
import { resolve } from 'node:path';
import { benchSubject } from '../bench/bench-plugin.ts';
import type { BenchReport } from '../bench/bench-report.ts';
import { sampleTable } from '../bench/sample-table.ts';
import { writeFileAtomic } from '../core/atomic-write.ts';
import type { Io } from '../core/io.ts';
import { openSubject } from '../golden/open-subject.ts';
import { showAdvance } from './progress-bar.ts';
import { benchLines } from './render/bench.ts';
import { benchFailures } from './render/bench-failures.ts';

/** Flags of `mvas bench`. */
export interface BenchFlags {
  readonly model?: string;
  readonly config?: string;
  readonly allowUnsigned?: true;
  readonly json?: true;
  readonly iterations: number;
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
  readonly report?: string;
  readonly csv?: string;
}

/** Times a plugin and tells of it; gives the exit code. */
export async function runBench(io: Io, flags: BenchFlags, path: string | undefined): Promise<number> {
  const { images, ...subjectFlags } = flags;
  await using open = await openSubject(path, subjectFlags, io);
  const at = (file: string | undefined): string | undefined => (file === undefined ? undefined : resolve(io.cwd, file));
  const { report, timing } = await benchSubject(open.subject, {
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
  if (flags.csv !== undefined) await writeFileAtomic(resolve(io.cwd, flags.csv), sampleTable(report.image.path, timing.phases));
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
