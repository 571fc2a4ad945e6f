// The page of `mvas golden evaluate`: figures, curves, threshold and pictures.

import type { SeenPicture } from '../../golden/evaluation/evaluate.ts';
import type { EvaluatedImage, EvaluationReport, Figures } from '../../golden/evaluation/evaluation-report.ts';
import { layerUri, pictureUri } from '../../image/encode-layer.ts';
import { heatLayer, maskLayer } from '../../image/map-layers.ts';
import { renderEvaluationPage } from '../../report/evaluation/evaluation-page.ts';
import type { EvaluationPage, EvaluationPart } from '../../report/evaluation/evaluation-page-types.ts';
import type { PageCurve } from '../../report/golden/golden-page-types.ts';
import { figureNames, signed } from './evaluation.ts';

type PartPictures = NonNullable<EvaluationPart['pictures']>;

/** Longest side in pixels: a page of many pictures must stay small. */
const edge = 640;

/** Gathers the pictures of parts as they are inspected. */
export function collectEvaluated(): { seen: Map<string, PartPictures>; onSeen: (seen: SeenPicture) => Promise<void> } {
  const seen = new Map<string, PartPictures>();
  return {
    seen,
    onSeen: async ({ image, picture, mask, result: { anomalyMap } }) => {
      seen.set(image, {
        ratio: picture.width / picture.height,
        photograph: await pictureUri(picture, edge),
        ...(anomalyMap && { heat: await layerUri(heatLayer(anomalyMap)) }),
        ...(mask && { mask: await layerUri(maskLayer(mask, edge)) }),
      });
    },
  };
}

/** Renders an evaluation with its pictures, by name, as one HTML document. */
export function renderEvaluation(report: EvaluationReport, pictures: ReadonlyMap<string, PartPictures>): string {
  const { plugin, images, failed, folder, figures, atThreshold, best } = report;
  const defects = images.filter(({ defect }) => defect).length;
  const part = ({ image: name, ...rest }: EvaluatedImage): EvaluationPart => {
    const shown = pictures.get(name);
    return { name, ...rest, ...(shown && { pictures: shown }) };
  };
  return renderEvaluationPage({
    title: `${plugin.name} ${plugin.version}`,
    verdict: verdictOf(report),
    lead: `${images.length - defects} good and ${defects} defective pictures of ${folder}, AUROC ${figures.auroc.toFixed(4)}`,
    facts: factsOf(report),
    problems: failed.map(({ image, reason }) => `${image}: ${reason}`),
    notes: notesOf(report),
    tiles: tilesOf(report),
    atThreshold,
    best,
    curve: curveOf(report, defects),
    ...decisionsOf(report),
    parts: images.map(part),
  });
}

function verdictOf({ failed, atThreshold: { missed, rejected } }: EvaluationReport): EvaluationPage['verdict'] {
  if (failed.length > 0) return { tone: 'fail', text: `${failed.length} not inspected` };
  if (missed + rejected === 0) return { tone: 'pass', text: 'All told apart' };
  return { tone: 'review', text: `${missed} missed, ${rejected} rejected wrongly` };
}

function factsOf({ plugin, model, config, kit, host, pictures, baseline }: EvaluationReport): EvaluationPage['facts'] {
  return [
    ['Plugin', `${plugin.path}, SHA-256 ${plugin.sha256.slice(0, 16)}…`],
    ['Model', model === null ? 'none' : `${model.path}, SHA-256 ${model.sha256.slice(0, 16)}…`],
    ['Settings', `SHA-256 ${config.sha256.slice(0, 16)}…`],
    ['Pictures', `SHA-256 ${pictures.slice(0, 16)}…`],
    ...(baseline === null ? [] : ([['Baseline', baseline.reason]] as const)),
    ['Evaluated by', `mvas-kit ${kit.version} on ${host.platform}, ${host.cpu}`],
  ];
}

function notesOf({ pixels, baseline, atThreshold, best, images }: EvaluationReport): string[] {
  const few = Math.min(images.filter(({ defect }) => defect).length, images.filter(({ defect }) => !defect).length);
  return [
    ...(few < 20 ? [`The smaller class has ${few} ${few === 1 ? 'picture' : 'pictures'}: one more or less changes every figure.`] : []),
    ...(best.f1 > atThreshold.f1
      ? [
          `The threshold of the settings, ${atThreshold.threshold.toFixed(4)}, gives F1 ${atThreshold.f1.toFixed(4)}; ${best.threshold.toFixed(4)} would give ${best.f1.toFixed(4)}.`,
        ]
      : []),
    ...(pixels === null ? ['There are no per-pixel figures: they need masks and a plugin that gives anomaly maps.'] : []),
    ...(baseline?.otherPictures ? ['The baseline was recorded with other pictures: the changes say little.'] : []),
  ];
}

function tilesOf({ figures, baseline }: EvaluationReport): EvaluationPage['tiles'] {
  return (Object.keys(figureNames) as (keyof Figures)[]).flatMap((name) => {
    const value = figures[name];
    if (value === null) return [];
    const delta = baseline?.delta[name] ?? null;
    const label = `${figureNames[name].slice(0, 1).toUpperCase()}${figureNames[name].slice(1)}`;
    return [{ label, value: value.toFixed(4), ...(delta !== null && { note: `${signed(delta)} to the baseline` }) }];
  });
}

function curveOf({ figures, curve, atThreshold, best }: EvaluationReport, defects: number): PageCurve {
  const markAt = (kind: 'set' | 'best', { threshold, recall, precision, rejected, passed }: EvaluationReport['best']) => ({
    kind,
    label: `${kind === 'set' ? 'chosen threshold' : 'best threshold'}, at first ${threshold.toFixed(4)}`,
    truePositiveRate: recall,
    falsePositiveRate: rejected / Math.max(1, rejected + passed),
    precision,
  });
  return {
    title: 'How well the scores part good and defective',
    text: `Every threshold is a point of both curves, from the strictest on the left to the loosest on the right; the dots are the chosen and the best one. ${defects} defective parts.`,
    points: curve,
    auroc: figures.auroc,
    averagePrecision: figures.averagePrecision,
    marks: [markAt('best', best), markAt('set', atThreshold)],
  };
}

function decisionsOf({ decisions }: EvaluationReport): Pick<EvaluationPage, 'decisions' | 'labels'> {
  const other = decisions.some((row) => row.other > 0);
  return {
    decisions: ['pass', 'review', 'fail', ...(other ? ['other'] : [])],
    labels: decisions.map(({ label, defect, pass, review, fail, other: rest }) => ({
      label,
      defect,
      counts: [pass, review, fail, ...(other ? [rest] : [])],
    })),
  };
}
