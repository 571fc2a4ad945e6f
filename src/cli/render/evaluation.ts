// What `mvas golden evaluate` prints: decisions by label, figures with their change, and the parts that lie on the wrong side.
import pc from 'picocolors';
import type { Confusion } from '../../golden/evaluation/curves.ts';
import type { EvaluationReport, Figures } from '../../golden/evaluation/evaluation-report.ts';
import { tableLines } from './table.ts';

/** Names of the figures for people. */
export const figureNames: Readonly<Record<keyof Figures, string>> = {
  auroc: 'AUROC',
  averagePrecision: 'average precision',
  f1: 'F1 at the threshold',
  bestF1: 'F1 at the best one',
  bestThreshold: 'best threshold',
  pixelAuroc: 'per-pixel AUROC',
  aupro: 'per-region AUPRO',
};

/** The lines that show a report. */
export function evaluationLines(report: EvaluationReport, colour: boolean): string[] {
  const { decisions, figures, atThreshold, best, baseline, failed, pixels } = report;
  const paint = pc.createColors(colour);
  const other = decisions.some((row) => row.other > 0);
  const counts = decisions.map(({ label, pass, review, fail, other: rest }) => [
    label,
    ...[pass, review, fail, ...(other ? [rest] : [])].map(String),
  ]);
  const titles = ['PASS', 'REVIEW', 'FAIL', ...(other ? ['OTHER'] : [])].map((title) => ({ title, align: 'right' }) as const);
  const rows = (Object.keys(figureNames) as (keyof Figures)[]).flatMap((name) => {
    const value = figures[name];
    if (value === null) return [];
    const delta = baseline?.delta[name];
    return [[figureNames[name], value.toFixed(4), delta === undefined || delta === null ? '' : signed(delta)]];
  });
  return [
    ...tableLines([{ title: 'LABEL' }, ...titles], counts),
    '',
    ...tableLines([{ title: 'FIGURE' }, { title: 'VALUE', align: 'right' }, { title: 'CHANGE', align: 'right' }], rows),
    '',
    confusionText('threshold', atThreshold),
    confusionText('best', best),
    ...(pixels === null ? ['no masks: per-pixel figures need masks/ and a plugin that gives anomaly maps'] : []),
    ...(baseline?.otherPictures ? [paint.yellow('the baseline was recorded with other pictures')] : []),
    ...failed.map(({ image, reason }) => paint.red(`${image}: ${reason}`)),
  ];
}

function confusionText(name: string, { threshold, found, missed, passed, rejected }: Confusion): string {
  return `${name} ${threshold.toFixed(4)}: ${found} defective found, ${missed} missed; ${passed} good passed, ${rejected} rejected`;
}

/** A change with its sign. */
export function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}
