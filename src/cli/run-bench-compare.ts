// What `mvas bench compare` does; apart from its flags, so that help loads none of it.
import { join, resolve } from 'node:path';
import { compareBuilds } from '../bench/compare-builds.ts';
import { compareReports, type RecordedComparison } from '../bench/compare-reports.ts';
import type { Io } from '../core/io.ts';
import { KitError } from '../core/kit-error.ts';
import { openSubject } from '../golden/open-subject.ts';
import { listImageFiles } from '../image/image-files.ts';
import { showAdvance } from './progress-bar.ts';
import { comparisonLines, recordedLines } from './render/bench-comparison.ts';

/** Flags of `mvas bench compare`. */
export interface CompareFlags {
  readonly model?: string;
  readonly config?: string;
  readonly image?: string;
  readonly rounds?: number;
  readonly iterations?: number;
  readonly warmup?: number;
  readonly force?: true;
  readonly allowUnsigned?: true;
  readonly json?: true;
}

/** Compares two builds and tells of it: exit code 1 for one that is worse or decides otherwise, 2 when nothing can be said. */
export async function runBenchCompare(io: Io, flags: CompareFlags, former: string, later: string): Promise<number> {
  const { image, ...rest } = flags;
  const reports = [former, later].filter(isReport);
  if (reports.length === 2) return await runReportCompare(io, flags, former, later);
  if (reports.length === 1)
    throw new KitError('FLAG_INVALID', `${reports[0]} is a recorded report, the other is a build`, {
      hint: 'compare two reports, or two builds',
    });
  await using old = await openSubject(former, rest, io);
  await using now = await openSubject(later, rest, io);
  const comparison = await compareBuilds(old.subject, now.subject, {
    image: image === undefined ? await firstImage(old.subject.testImages) : resolve(io.cwd, image),
    rounds: flags.rounds,
    iterations: flags.iterations,
    warmup: flags.warmup,
    force: flags.force,
    env: io.env,
    signal: io.signal,
    progress: (line) => io.progress(line),
    onAdvance: showAdvance(io),
  });
  io.status(undefined);
  if (flags.json) io.print(JSON.stringify(comparison, null, 2));
  else for (const line of comparisonLines(comparison, io.colour)) io.print(line);
  return exitCodeOf(comparison);
}

const isReport = (path: string): boolean => path.toLowerCase().endsWith('.json');

async function runReportCompare(io: Io, flags: CompareFlags, former: string, later: string): Promise<number> {
  const { force, json, ...others } = flags;
  const [idle] = Object.keys(others);
  if (idle !== undefined)
    throw new KitError(
      'FLAG_INVALID',
      `--${idle.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} says how builds are run, and recorded reports are not run again`,
      {
        hint: 'leave it out',
      },
    );
  const comparison = await compareReports(resolve(io.cwd, former), resolve(io.cwd, later), { force });
  if (json) io.print(JSON.stringify(comparison, null, 2));
  else for (const line of recordedLines(comparison, io.colour)) io.print(line);
  return exitCodeOf(comparison);
}

function exitCodeOf({ verdict, sameDecisions }: Pick<RecordedComparison, 'verdict' | 'sameDecisions'>): number {
  if (verdict === 'worse' || !sameDecisions) return 1;
  return verdict === 'inconclusive' ? 2 : 0;
}

async function firstImage(folder: string): Promise<string> {
  const [first] = await listImageFiles(folder).catch(() => []);
  if (first !== undefined) return join(folder, first);
  throw new KitError('NOTHING_TESTED', `there is no picture to time: ${folder} holds none`, { hint: 'name one with --image' });
}
