// How well scores part two classes: ROC and precision-recall curves, their areas, and what a threshold makes of the pictures.
import { KitError } from '../../core/kit-error.ts';

/** A score and whether its part is defective; higher means more defective. */
export interface Scored {
  readonly score: number;
  readonly defect: boolean;
}

/** What a threshold makes of the parts: at or over it a part counts as defective. */
export interface Confusion {
  readonly threshold: number;
  /** Defective parts that are found, and those that pass. */
  readonly found: number;
  readonly missed: number;
  /** Good parts that pass, and those that are rejected. */
  readonly passed: number;
  readonly rejected: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** A point of both curves: everything at or over `threshold` counts as defective. */
export interface CurvePoint {
  readonly threshold: number;
  readonly truePositiveRate: number;
  readonly falsePositiveRate: number;
  readonly precision: number;
}

/** How well the scores part the classes. */
export interface Separation {
  /** Area under the ROC curve: the chance that a defective part scores over a good one, ties half. */
  readonly auroc: number;
  /** Area under the precision-recall curve in steps: the mean precision over the defective parts. */
  readonly averagePrecision: number;
  /** The threshold of the largest F1, halfway to the next lower score. */
  readonly best: Confusion;
  /** From the strictest threshold to the loosest, one point a distinct score. */
  readonly curve: readonly CurvePoint[];
}

/**
 * Counts what a threshold makes of the parts.
 *
 * Where nothing is called defective the precision is 1, where nothing is defective the recall is 1.
 */
export function confusionAt(parts: readonly Scored[], threshold: number): Confusion {
  const count = (defect: boolean, over: boolean): number =>
    parts.filter((part) => part.defect === defect && part.score >= threshold === over).length;
  const [found, missed, passed, rejected] = [count(true, true), count(true, false), count(false, false), count(false, true)];
  const precision = found + rejected === 0 ? 1 : found / (found + rejected);
  const recall = found + missed === 0 ? 1 : found / (found + missed);
  return { threshold, found, missed, passed, rejected, precision, recall, f1: (2 * found) / Math.max(1, 2 * found + missed + rejected) };
}

/**
 * Measures how well scores part good from defective.
 *
 * @throws {@link KitError} `NOTHING_TESTED` when one class is missing, `PLUGIN_FAILED` when a score is no number.
 */
export function separationOf(parts: readonly Scored[]): Separation {
  const defects = parts.filter(({ defect }) => defect).length;
  const goods = parts.length - defects;
  if (defects === 0 || goods === 0)
    throw new KitError(
      'NOTHING_TESTED',
      `there are no ${defects === 0 ? 'defective' : 'good'} parts: how well classes are parted needs both`,
    );
  const strange = parts.find(({ score }) => !Number.isFinite(score));
  if (strange !== undefined) throw new KitError('PLUGIN_FAILED', `a score is ${strange.score}, not a number`, { hint: 'mend the plugin' });
  const curve = curveOf(parts, defects, goods);
  let [auroc, averagePrecision] = [0, 0];
  let [left, below] = [0, 0];
  for (const { truePositiveRate, falsePositiveRate, precision } of curve) {
    auroc += ((falsePositiveRate - left) * (truePositiveRate + below)) / 2;
    averagePrecision += (truePositiveRate - below) * precision;
    [left, below] = [falsePositiveRate, truePositiveRate];
  }
  // sums of many shares may pass 1 by rounding
  return { auroc: Math.min(1, auroc), averagePrecision: Math.min(1, averagePrecision), best: bestOf(parts, curve), curve };
}

function curveOf(parts: readonly Scored[], defects: number, goods: number): CurvePoint[] {
  const sorted = [...parts].sort((a, b) => b.score - a.score);
  const curve: CurvePoint[] = [];
  let [found, rejected] = [0, 0];
  for (const [at, { score, defect }] of sorted.entries()) {
    if (defect) found += 1;
    else rejected += 1;
    if (sorted[at + 1]?.score === score) continue;
    const precision = found / (found + rejected);
    curve.push({ threshold: score, truePositiveRate: found / defects, falsePositiveRate: rejected / goods, precision });
  }
  return curve;
}

/** Of equally good thresholds the highest; halfway to the next lower score, so that neither side lies on the line. */
function bestOf(parts: readonly Scored[], curve: readonly CurvePoint[]): Confusion {
  const f1 = ({ precision, truePositiveRate }: CurvePoint): number =>
    (2 * precision * truePositiveRate) / (precision + truePositiveRate || 1);
  const at = curve.reduce((best, point, index) => (f1(point) > f1(curve[best] ?? point) ? index : best), 0);
  const score = curve[at]?.threshold ?? 0;
  const next = curve[at + 1]?.threshold ?? score;
  const middle = (score + next) / 2;
  return confusionAt(parts, middle > next ? middle : score);
}
