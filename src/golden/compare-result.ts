// Compares one inspection's result with its reference, output by output.
import type { HeatMap } from '../image/heat-map.ts';
import { compareBoxes } from './compare-boxes.ts';
import { compareDetails } from './compare-details.ts';
import { compareMap } from './compare-map.ts';
import { compareDecision, compareScore } from './compare-values.ts';
import { compareVisualization } from './compare-visualization.ts';
import type { GoldenLine } from './golden-line.ts';
import type { ActualOutputs, ReferenceOutputs } from './outputs.ts';
import { ignoredDetails, limitsOf, type ToleranceSources } from './tolerance.ts';

/** Every line of a comparison; what the reference leaves out is not compared. `threshold` is the score at or over which a place is defective. */
export function compareResult(
  expected: ReferenceOutputs,
  actual: ActualOutputs,
  tolerance: ToleranceSources,
  threshold: number,
): GoldenLine[] {
  const { decision, confidence, anomalyScore, anomalyMap, boxes, visualization, details } = expected;
  const lines: GoldenLine[] = [];
  if (decision !== undefined) lines.push(compareDecision(decision, actual.decision));
  if (confidence !== undefined)
    lines.push(compareScore('confidence', confidence, actual.confidence ?? Number.NaN, limitsOf('confidence', tolerance)));
  if (anomalyScore !== undefined)
    lines.push(compareScore('anomaly_score', anomalyScore, actual.anomalyScore, limitsOf('anomaly_score', tolerance)));
  if (anomalyMap !== undefined) lines.push(...compareMap(anomalyMap, actual.anomalyMap, limitsOf('anomaly_map', tolerance), threshold));
  if (boxes !== undefined) lines.push(...compareBoxes(boxes, actual.boxes ?? [], limitsOf('bboxes', tolerance)));
  if (visualization !== undefined)
    lines.push(...compareVisualization(visualization, actual.visualization, limitsOf('visualization', tolerance)));
  if (details !== undefined) lines.push(compareDetails(details, actual.details, limitsOf('details', tolerance), ignoredDetails(tolerance)));
  return lines;
}

/** Largest difference between two maps of one size; 0 where there are none. */
export function mapSpread(a: HeatMap | undefined, b: HeatMap | undefined): number {
  let most = 0;
  for (let at = 0; at < Math.min(a?.data.length ?? 0, b?.data.length ?? 0); at += 1)
    most = Math.max(most, Math.abs((a?.data[at] ?? 0) - (b?.data[at] ?? 0)));
  return most;
}
