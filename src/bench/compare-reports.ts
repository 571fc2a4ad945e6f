// Says from two recorded reports whether the newer plugin is faster: only where machine, model, settings and picture are the same.
import { basename } from 'node:path';
import { readJsonFile } from '../core/json-file.ts';
import { KitError } from '../core/kit-error.ts';
import { lazySchema } from '../schema/compile-schema.ts';
import { median } from './averages.ts';
import type { BenchReport } from './bench-report.ts';
import { benchReportSchema } from './bench-report-schema.ts';
import { type BuildDifference, judgeRecorded } from './build-difference.ts';
import { isBusy } from './machine.ts';

/** One of the two. */
export type RecordedSide = Pick<BenchReport, 'plugin' | 'model' | 'config' | 'kit' | 'host' | 'machine' | 'image' | 'decisions'> & {
  /** File name of its report. */
  readonly report: string;
  /** Median of the medians of its processes, in milliseconds. */
  readonly medianMs: number;
  /** Of each process that was started. */
  readonly mediansMs: readonly number[];
};

/** What became of the comparison; the ratio is new over old. */
export interface RecordedComparison extends BuildDifference {
  readonly schema: 'bench-recorded-comparison-v1';
  readonly old: RecordedSide;
  readonly new: RecordedSide;
  /** In what the two differ besides the library, with the values of both. */
  readonly unlike: readonly string[];
  /** Both gave the same decisions. */
  readonly sameDecisions: boolean;
}

/** Below, no difference however large would be clear. */
const fewestProcesses = 5;

const check = lazySchema(benchReportSchema);

/**
 * Compares two recorded reports.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, `FILE_INVALID` for what is no report of this version, `NOTHING_TESTED` for one that rests on
 * too few processes, `FLAG_INVALID` where machine, model, settings or picture differ, unless forced.
 */
export async function compareReports(old: string, now: string, { force = false } = {}): Promise<RecordedComparison> {
  const [former, later] = [await readReport(old), await readReport(now)];
  const unlike = unlikeness(former, later);
  if (unlike.length > 0 && !force) {
    throw new KitError('FLAG_INVALID', `the two reports are unlike in more than the plugin: ${unlike.join('; ')}`, {
      hint: 'record both on one machine with the same picture and settings, or add --force',
    });
  }
  const difference = judgeRecorded(former.processes.mediansMs, later.processes.mediansMs);
  // on a busy machine the processes of one report are slow together, which their spread does not show
  const isTold = difference.verdict === 'same' || ![former, later].some(({ machine }) => isBusy(machine));
  const decided = ({ decisions }: BenchReport): string => Object.keys(decisions).sort().join();
  return {
    schema: 'bench-recorded-comparison-v1',
    old: sideOf(old, former),
    new: sideOf(now, later),
    ...difference,
    verdict: isTold ? difference.verdict : 'inconclusive',
    unlike,
    sameDecisions: decided(former) === decided(later),
  };
}

async function readReport(path: string): Promise<BenchReport> {
  const value = await readJsonFile(path);
  const [problem] = check(value);
  if (problem !== undefined)
    throw new KitError('FILE_INVALID', `${path} is no benchmark of this version of the kit: ${problem.pointer || '/'} ${problem.rule}`, {
      hint: 'make it again: mvas bench --report bench.json',
    });
  const report = value as BenchReport;
  const { length } = report.processes.mediansMs;
  if (length >= fewestProcesses) return report;
  throw new KitError(
    'NOTHING_TESTED',
    `${path} rests on ${length} ${length === 1 ? 'process' : 'processes'}, ${fewestProcesses} are needed`,
    {
      hint: 'compare the builds themselves: mvas bench compare old.so new.so',
    },
  );
}

/** What else than the plugin could make a difference. */
function unlikeness(old: BenchReport, now: BenchReport): string[] {
  const facts: readonly (readonly [string, (of: BenchReport) => string])[] = [
    ['processor', ({ machine }) => machine.cpu],
    ['cores', ({ machine }) => String(machine.cores)],
    ['instruction sets', ({ machine }) => machine.cpuFlags.join(' ')],
    ['GPU', ({ machine }) => machine.gpu ?? 'none'],
    ['frequency governor', ({ machine }) => machine.governor ?? 'not told'],
    ['platform', ({ host }) => host.platform],
    ['threads', ({ machine }) => JSON.stringify(machine.threads)],
    ['model', ({ model }) => model?.sha256.slice(0, 12) ?? 'none'],
    ['settings', ({ config }) => config.sha256.slice(0, 12)],
    ['picture', ({ image }) => image.sha256.slice(0, 12)],
    ['pixel format', ({ image }) => image.format],
  ];
  return facts.flatMap(([fact, of]) => (of(old) === of(now) ? [] : [`${fact} (${of(old)}, then ${of(now)})`]));
}

function sideOf(path: string, report: BenchReport): RecordedSide {
  const { plugin, model, config, kit, host, machine, image, decisions, processes } = report;
  const { mediansMs } = processes;
  const what = { plugin, model, config, kit, host, machine, image, decisions };
  return { report: basename(path), ...what, medianMs: median(mediansMs), mediansMs };
}
