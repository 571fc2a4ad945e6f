// The page of `mvas golden` and `mvas golden compare`: what was compared, with its pictures.
import { join } from 'node:path';
import type { ComparandHead } from '../../golden/comparand.ts';
import type { ComparedImage, ComparisonReport } from '../../golden/compare-sides.ts';
import { type Scored, separationOf } from '../../golden/evaluation/curves.ts';
import type { ExpectedCase } from '../../golden/expected-results.ts';
import type { GoldenLine } from '../../golden/golden-line.ts';
import type { GoldenCase, GoldenReport } from '../../golden/golden-report.ts';
import { decodeImage } from '../../image/decode-image.ts';
import { heatStops } from '../../image/heat-colours.ts';
import { signedFloor, signedStops } from '../../image/signed-colours.ts';
import { renderGoldenPage } from '../../report/golden/golden-page.ts';
import type {
  GoldenPage,
  PageCase,
  PageCheck,
  PageCurve,
  PagePictures,
  PageScales,
  PageStatus,
} from '../../report/golden/golden-page-types.ts';
import { photographOnly } from './golden-pictures.ts';

/** The pictures of the images that were compared, by name; the folder has the others. */
export interface SeenPictures {
  readonly folder: string;
  readonly seen: ReadonlyMap<string, PagePictures>;
}

/** Shown where a side gave nothing. */
const statuses: readonly PageStatus[] = [
  { value: 'failed', label: 'Failed', tone: 'fail' },
  { value: 'stale', label: 'Stale', tone: 'review' },
  { value: 'missing', label: 'No reference', tone: 'review' },
  { value: 'passed', label: 'Passed', tone: 'pass' },
];

/** Renders the comparison of a plugin with its references. */
export async function renderGoldenReport(report: GoldenReport, expected: readonly ExpectedCase[], pictures: SeenPictures): Promise<string> {
  const entries = new Map(expected.map((entry) => [entry.image, entry]));
  const { ok, counts, images, plugin } = report;
  const bad = images.length - counts.passed;
  const cases: PageCase[] = [];
  for (const one of images) {
    const shown = await picturesOf(one.image, pictures);
    cases.push({ ...goldenCase(report, one, entries.get(one.image)), ...(shown && { pictures: shown }) });
  }
  const curve = curveOf(images, entries);
  return renderGoldenPage({
    kind: 'Golden images',
    title: `${plugin.name} ${plugin.version}`,
    verdict: ok ? { tone: 'pass', text: 'All match' } : { tone: 'fail', text: `${bad} of ${images.length} do not match` },
    facts: goldenFacts(report),
    sides: ['Expected', 'Actual'],
    statuses,
    cases,
    scales,
    ...(curve && { curve }),
  });
}

/** Renders a comparison of two sides. */
export async function renderComparison(report: ComparisonReport, pictures: SeenPictures): Promise<string> {
  const { a, b, ok, images, counts, kit, host, notCompared } = report;
  const cases: PageCase[] = [];
  for (const one of images) {
    const shown = await picturesOf(one.image, pictures);
    cases.push({ ...comparedCase(one), ...(shown && { pictures: shown }) });
  }
  const page: GoldenPage = {
    kind: 'Comparison',
    title: `${a.file} and ${b.file}`,
    verdict: ok ? { tone: 'pass', text: 'The same' } : { tone: 'fail', text: `${images.length - counts.same} of ${images.length} differ` },
    facts: [
      ['A', headText(a)],
      ['B', headText(b)],
      ...(notCompared.length === 0 ? [] : ([['Not compared', `${notCompared.join(', ')}: one side has none`]] as const)),
      ['Compared by', `mvas-kit ${kit.version} on ${host.platform}, ${host.cpu}`],
    ],
    sides: [`A: ${a.file}`, `B: ${b.file}`],
    statuses: [
      { value: 'failed', label: 'Failed', tone: 'error' },
      { value: 'different', label: 'Different', tone: 'fail' },
      { value: 'same', label: 'Same', tone: 'pass' },
    ],
    cases,
    scales,
  };
  return renderGoldenPage(page);
}

const css = (colour: readonly number[]): string => `rgb(${colour.join(' ')})`;
const scales: PageScales = {
  heat: heatStops.map(css),
  less: [css(signedStops.less[0]), css(signedStops.less[1])],
  more: [css(signedStops.more[0]), css(signedStops.more[1])],
  floor: signedFloor,
};

/** An image that was not compared shows its photograph, when there is one. */
async function picturesOf(image: string, { folder, seen }: SeenPictures): Promise<PagePictures | undefined> {
  return seen.get(image) ?? (await decodeImage(join(folder, image)).then(photographOnly, () => undefined));
}

function goldenCase({ plugin, model, config, kit, host }: GoldenReport, one: GoldenCase, entry: ExpectedCase | undefined): PageCase {
  const { image, status, reasons, lines, decision, anomalyScore, provenance } = one;
  const now: readonly (readonly [string, string | undefined | null, string])[] = [
    ['plugin', provenance?.plugin, plugin.sha256],
    ['model', provenance?.model, model?.sha256 ?? 'none'],
    ['configuration', provenance?.config, config.sha256],
    ['kit', provenance?.kit, kit.version],
    ['platform', provenance?.platform, host.platform],
  ];
  const score = typeof entry?.anomaly_score === 'number' ? entry.anomaly_score : undefined;
  return {
    name: image,
    status,
    reasons,
    checks: lines.map(checkOf),
    ...(entry && { expected: { decision: [entry.decision].flat().join(' or '), ...(score !== undefined && { score }) } }),
    ...(decision !== undefined && { actual: { decision, ...(anomalyScore !== undefined && { score: anomalyScore }) } }),
    environment:
      provenance === undefined
        ? []
        : now.flatMap(([label, then, here]) => (then === here || then === undefined ? [] : [[label, then ?? 'none', here] as const])),
    badness: badnessOf(['passed', 'missing', 'stale', 'failed'].indexOf(status), lines),
  };
}

function comparedCase({ image, status, reasons, lines, a, b }: ComparedImage): PageCase {
  return {
    name: image,
    status,
    reasons,
    checks: lines.map(checkOf),
    ...(a && { expected: { decision: a.decision, score: a.anomalyScore } }),
    ...(b && { actual: { decision: b.decision, score: b.anomalyScore } }),
    environment: [],
    badness: badnessOf(['same', 'different', 'failed'].indexOf(status), lines),
  };
}

/** Worse status first; within one, another decision first, then by how many checks do not hold, then by how far. */
function badnessOf(status: number, lines: readonly GoldenLine[]): number {
  const broken = lines.filter(({ ok }) => !ok);
  const decision = broken.some(({ output }) => output === 'decision') ? 100 : 0;
  const excess = broken.reduce(
    (sum, { value, limit }) =>
      sum + (typeof value === 'number' && typeof limit === 'number' && limit > 0 ? Math.min(value / limit, 1e6) / 1e7 : 0),
    0,
  );
  return status * 1000 + decision + broken.length + excess;
}

function checkOf({ output, rule, value, limit, limitFrom, ok, note }: GoldenLine): PageCheck {
  return { output, rule, value: short(value), limit: short(limit), origin: limitFrom, ok, ...(note !== undefined && { note }) };
}

function short(value: number | string): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : value;
}

function goldenFacts({ plugin, model, config, kit, host, expectedResults }: GoldenReport): GoldenPage['facts'] {
  return [
    ['Plugin', `${plugin.path}, SHA-256 ${plugin.sha256.slice(0, 16)}…`],
    ['Model', model === null ? 'none' : `${model.path}, SHA-256 ${model.sha256.slice(0, 16)}…`],
    ['Configuration', `SHA-256 ${config.sha256.slice(0, 16)}…`],
    ['References', expectedResults],
    ['Compared by', `mvas-kit ${kit.version} on ${host.platform}, ${host.cpu}`],
  ];
}

function headText({ name, version, kind, plugin, model }: ComparandHead): string {
  const digest = plugin ?? model;
  return `${kind === 'model' ? `${name}, by ONNX Runtime` : `${name} ${version}`}${digest === null ? '' : `, SHA-256 ${digest.slice(0, 16)}…`}`;
}

/** How well the scores part what the references call pass and fail; undefined unless there are both. */
function curveOf(images: readonly GoldenCase[], entries: ReadonlyMap<string, ExpectedCase>): PageCurve | undefined {
  const scored = images.flatMap(({ image, anomalyScore: score }): Scored[] => {
    const decision = entries.get(image)?.decision;
    if (score === undefined || !Number.isFinite(score) || (decision !== 'pass' && decision !== 'fail')) return [];
    return [{ score, defect: decision === 'fail' }];
  });
  const defects = scored.filter(({ defect }) => defect).length;
  if (defects === 0 || defects === scored.length) return undefined;
  const { auroc, averagePrecision, curve } = separationOf(scored);
  const text = `By the scores of this run: ${scored.length - defects} images whose reference says pass, ${defects} whose reference says fail.`;
  return { title: 'How well the scores part good and defective', text, points: curve, auroc, averagePrecision };
}
