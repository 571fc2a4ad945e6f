// The scores at which a plugin changes its decision, as far as its settings tell.
import { limitsOf, type Tolerance } from './tolerance.ts';

/** Scores in 0..1. */
export interface Thresholds {
  /** At or over it a part is defective; 0.5 where the settings name none. */
  readonly threshold: number;
  /** All scores at which the decision changes. */
  readonly borders: readonly number[];
}

/** Reads `threshold` and `review_ratio` from settings in JSON; below ratio · threshold a part passes, from there on it is reviewed. */
export function thresholdsOf(config: string): Thresholds {
  const { threshold, review_ratio: ratio }: { threshold?: unknown; review_ratio?: unknown } = JSON.parse(config);
  if (typeof threshold !== 'number') return { threshold: 0.5, borders: [] };
  return { threshold, borders: typeof ratio === 'number' && ratio < 1 ? [ratio * threshold, threshold] : [threshold] };
}

/** A warning when a score lies so near a border that a small change elsewhere may turn the decision. */
export function borderWarning(score: number, { borders }: Thresholds, tolerance?: Tolerance): string | undefined {
  const { abs, rel } = limitsOf('anomaly_score', { suite: tolerance });
  const margin = 5 * (abs.value + rel.value * Math.abs(score));
  const near = borders.find((border) => Math.abs(score - border) <= margin);
  if (near === undefined) return undefined;
  return `score ${score.toFixed(4)} lies within ${margin.toFixed(4)} of ${near.toFixed(4)}, where the decision changes: a better reference lies further off`;
}
