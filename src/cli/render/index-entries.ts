// What the index says of each report, and whether it is about the plugin that is there now.
import type { BenchReport } from '../../bench/bench-report.ts';
import type { ConformanceReport } from '../../conformance/report-schema.ts';
import type { EvaluationReport } from '../../golden/evaluation/evaluation-report.ts';
import { lineText } from '../../golden/golden-line.ts';
import type { GoldenCase, GoldenReport } from '../../golden/golden-report.ts';
import type { IndexEntry } from '../../report/index-page.ts';
import { benchFailures } from './bench-failures.ts';
import { rate, spacedPercentile, spacedTime } from './bench-figures.ts';

/** The reports that a project has. */
export interface JoinedReports {
  readonly conformance: ConformanceReport | undefined;
  readonly golden: GoldenReport | undefined;
  readonly bench: BenchReport | undefined;
  /** Not every project has labelled pictures: without it nothing is amiss. */
  readonly evaluation: EvaluationReport | undefined;
}

/** `file` is the page's name, `present` the digest of the library that is there now. */
export function conformanceEntry(report: ConformanceReport | undefined, file: string, present: string | undefined): IndexEntry {
  const head = { kind: 'Conformance', question: 'Does the plugin keep the promises of the interface?' };
  if (report === undefined) return { ...head, ...missing('mvas conform') };
  const { ok, counts, profile, checks } = report;
  const failed = checks.filter(({ status }) => status !== 'pass' && status !== 'skip' && status !== 'warn');
  return {
    ...head,
    file,
    verdict: ok ? { tone: 'pass', text: 'conforms' } : { tone: 'fail', text: 'does not conform' },
    problems: failed.map(({ id, findings: [first] }) => `${id}${first === undefined ? '' : `: ${first.message}`}`),
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
    problems: images.filter(({ status }) => status !== 'passed').map(({ image, reasons, lines }) => `${image}: ${whyNot(reasons, lines)}`),
    figures: Object.entries(counts).map(([status, count]) => [status === 'missing' ? 'without reference' : status, String(count)] as const),
    ...staleNote(report.plugin.sha256, present, 'mvas golden'),
  };
}

/** As {@link conformanceEntry}. */
export function benchEntry(report: BenchReport | undefined, file: string, present: string | undefined): IndexEntry {
  const head = { kind: 'Benchmark', question: 'Does the line’s takt hold on this machine?' };
  if (report === undefined) return { ...head, ...missing('mvas bench') };
  const { latency, throughputFps, takt, memory, iterations, machine } = report;
  return {
    ...head,
    file,
    verdict: benchVerdict(report),
    problems: benchFailures(report),
    figures: [
      ['median', spacedTime(latency.median)],
      ['P99', spacedPercentile(latency, 'p99')],
      ['throughput', `${rate(throughputFps)} FPS`],
      ...(takt === undefined ? [] : ([[`late at ${spacedTime(takt.taktMs)}`, `${takt.missed} of ${takt.parts}`]] as const)),
      ['memory of the plugin', `${memory.pluginMb} MiB`],
      ['inspections', String(iterations)],
      ['processor', machine.cpu],
    ],
    ...staleNote(report.plugin.sha256, present, 'mvas bench'),
  };
}

/** As {@link conformanceEntry}, for a report that is there. */
export function evaluationEntry(report: EvaluationReport, file: string, present: string | undefined): IndexEntry {
  const { figures, atThreshold, failed, images, plugin } = report;
  const wrong = atThreshold.missed + atThreshold.rejected;
  return {
    kind: 'Evaluation',
    question: 'Does it tell good parts from defective ones?',
    file,
    verdict:
      failed.length > 0
        ? { tone: 'fail', text: `${failed.length} not inspected` }
        : {
            tone: wrong === 0 ? 'pass' : 'review',
            text: wrong === 0 ? 'all told apart' : `${atThreshold.missed} missed, ${atThreshold.rejected} rejected wrongly`,
          },
    problems: failed.map(({ image, reason }) => `${image}: ${reason}`),
    figures: [
      ['AUROC', figures.auroc.toFixed(4)],
      ['F1 at the threshold', figures.f1.toFixed(4)],
      ['best F1', `${figures.bestF1.toFixed(4)} at ${figures.bestThreshold.toFixed(4)}`],
      ...(figures.pixelAuroc === null ? [] : ([['per-pixel AUROC', figures.pixelAuroc.toFixed(4)]] as const)),
      ['pictures', String(images.length)],
    ],
    ...staleNote(plugin.sha256, present, 'mvas golden evaluate'),
  };
}

function benchVerdict({ ok, budget }: BenchReport): IndexEntry['verdict'] {
  if (ok) return budget === null ? { tone: 'none', text: 'measured, no limits set' } : { tone: 'pass', text: 'within budget' };
  if (budget?.ok === null) return { tone: 'review', text: 'not enough samples' };
  return { tone: 'fail', text: budget?.ok === false ? 'not within budget' : 'does not hold' };
}

/** The first thing that speaks against an image. */
function whyNot(reasons: GoldenCase['reasons'], lines: GoldenCase['lines']): string {
  const broken = lines.find(({ ok }) => !ok);
  return reasons[0] ?? (broken === undefined ? 'not compared' : lineText(broken));
}

function missing(command: string): Pick<IndexEntry, 'verdict' | 'figures' | 'note'> {
  return { verdict: { tone: 'review', text: 'not tried yet' }, figures: [], note: `Make it with: ${command}` };
}

function staleNote(tried: string, present: string | undefined, command: string): { note?: string } {
  return present === undefined || tried === present ? {} : { note: `It is about another build of the plugin. Make it again: ${command}` };
}
