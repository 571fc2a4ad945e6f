// What the index says of each report, and whether it is about the plugin that is there now.
import type { BenchReport } from '../../bench/bench-report.ts';
import type { ConformanceReport } from '../../conformance/report-schema.ts';
import type { GoldenReport } from '../../golden/golden-report.ts';
import type { IndexEntry } from '../../report/index-page.ts';
import { time } from './bench-figures.ts';

/** The reports that a project has. */
export interface JoinedReports {
  readonly conformance: ConformanceReport | undefined;
  readonly golden: GoldenReport | undefined;
  readonly bench: BenchReport | undefined;
}

/** `file` is the page's name, `present` the digest of the library that is there now. */
export function conformanceEntry(report: ConformanceReport | undefined, file: string, present: string | undefined): IndexEntry {
  const head = { kind: 'Conformance', question: 'Does the plugin keep the promises of the interface?' };
  if (report === undefined) return { ...head, ...missing('mvas conform') };
  const { ok, counts, profile } = report;
  return {
    ...head,
    file,
    verdict: ok ? { tone: 'pass', text: 'conforms' } : { tone: 'fail', text: 'does not conform' },
    figures: [
      ['passed', String(counts.passed)],
      ['warned', String(counts.warned)],
      ['failed', String(counts.failed)],
      ['skipped', String(counts.skipped)],
      ['profile', profile],
    ],
    ...staleNote(report.plugin.sha256, present, 'mvas conform'),
  };
}

/** As {@link conformanceEntry}. */
export function goldenEntry(report: GoldenReport | undefined, file: string, present: string | undefined): IndexEntry {
  const head = { kind: 'Golden images', question: 'Does it still say of every picture what was recorded?' };
  if (report === undefined) return { ...head, ...missing('mvas golden') };
  const { ok, counts, images } = report;
  return {
    ...head,
    file,
    verdict: ok
      ? { tone: 'pass', text: 'all match' }
      : { tone: 'fail', text: `${images.length - counts.passed} of ${images.length} do not match` },
    figures: Object.entries(counts).map(([status, count]) => [status === 'missing' ? 'without reference' : status, String(count)] as const),
    ...staleNote(report.plugin.sha256, present, 'mvas golden'),
  };
}

/** As {@link conformanceEntry}. */
export function benchEntry(report: BenchReport | undefined, file: string, present: string | undefined): IndexEntry {
  const head = { kind: 'Benchmark', question: 'Does the line’s takt hold on this machine?' };
  if (report === undefined) return { ...head, ...missing('mvas bench') };
  const { ok, budget, latency, iterations, machine } = report;
  return {
    ...head,
    file,
    verdict:
      budget === null
        ? { tone: 'none', text: 'measured, no limits set' }
        : ok
          ? { tone: 'pass', text: 'within budget' }
          : { tone: 'fail', text: 'not within budget' },
    figures: [
      ['median', time(latency.median)],
      ['inspections', String(iterations)],
      ['processor', machine.cpu],
    ],
    ...staleNote(report.plugin.sha256, present, 'mvas bench'),
  };
}

function missing(command: string): Pick<IndexEntry, 'verdict' | 'figures' | 'note'> {
  return { verdict: { tone: 'review', text: 'not tried yet' }, figures: [], note: `Make it with: ${command}` };
}

function staleNote(tried: string, present: string | undefined, command: string): { note?: string } {
  return present === undefined || tried === present ? {} : { note: `It is about another build of the plugin. Make it again: ${command}` };
}
