// Compares one inspection's result with its reference, output by output.
import { dirname, join } from 'node:path';
import type { InferenceResult } from '../harness/plugin-host.ts';
import { decodeImage } from '../image/decode-image.ts';
import type { HeatMap } from '../image/heat-map.ts';
import { readNpy } from '../image/npy.ts';
import { toFrame } from '../image/to-frame.ts';
import { compareBoxes } from './compare-boxes.ts';
import { compareDetails } from './compare-details.ts';
import { compareMap } from './compare-map.ts';
import { compareDecision, compareScore } from './compare-values.ts';
import { compareVisualization, type RgbImage } from './compare-visualization.ts';
import type { ExpectedCase } from './expected-results.ts';
import type { GoldenLine } from './golden-line.ts';
import { ignoredDetails, limitsOf, type Tolerance } from './tolerance.ts';

/** What a comparison needs besides the two results. */
export interface CompareOptions {
  /** Path of expected_results.json; files in the reference are relative to it. */
  readonly expectedResults: string;
  /** Tolerances of the whole file. */
  readonly suite?: Tolerance | undefined;
  /** The score at or over which the plugin calls a place defective. */
  readonly threshold: number;
}

/** Every line of a comparison; what the reference leaves out is not compared. */
export async function compareResult(expected: ExpectedCase, actual: InferenceResult, options: CompareOptions): Promise<GoldenLine[]> {
  const { tolerance: own } = expected;
  const { suite, expectedResults, threshold } = options;
  const folder = dirname(expectedResults);
  const lines = [compareDecision(expected.decision, actual.decision)];
  if (expected.confidence !== undefined)
    lines.push(compareScore('confidence', expected.confidence, actual.confidence, limitsOf('confidence', own, suite)));
  if (expected.anomaly_score !== undefined)
    lines.push(compareScore('anomaly_score', expected.anomaly_score, actual.anomalyScore, limitsOf('anomaly_score', own, suite)));
  if (expected.anomaly_map !== undefined) {
    const reference = expected.anomaly_map === null ? null : await readNpy(join(folder, expected.anomaly_map.file));
    lines.push(...compareMap(reference, actual.anomalyMap, limitsOf('anomaly_map', own, suite), threshold));
  }
  if (expected.bboxes !== undefined) lines.push(...compareBoxes(expected.bboxes, actual.boxes, limitsOf('bboxes', own, suite)));
  if (expected.visualization !== undefined) {
    const reference = expected.visualization === null ? null : await readRgb(join(folder, expected.visualization.file));
    lines.push(...compareVisualization(reference, actual.visualization, limitsOf('visualization', own, suite)));
  }
  if (expected.details !== undefined)
    lines.push(compareDetails(expected.details, actual.details, limitsOf('details', own, suite), ignoredDetails(own, suite)));
  return lines;
}

async function readRgb(path: string): Promise<RgbImage> {
  return toFrame(await decodeImage(path), 'RGB');
}

/** Largest difference between two maps of one size; 0 where there are none. */
export function mapSpread(a: HeatMap | undefined, b: HeatMap | undefined): number {
  let most = 0;
  for (let at = 0; at < Math.min(a?.data.length ?? 0, b?.data.length ?? 0); at += 1)
    most = Math.max(most, Math.abs((a?.data[at] ?? 0) - (b?.data[at] ?? 0)));
  return most;
}
