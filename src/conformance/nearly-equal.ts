// Compares results that were computed in different ways, where the last bits may differ.
import { type Plane, planeDifference, type ResultCopy } from './plugin-copies.ts';

const tolerance = 1e-3;

/** The first field in which two results differ by more than rounding, in words; details are not compared. */
export function realDifference(expected: ResultCopy, actual: ResultCopy): string | undefined {
  if (expected.decision !== actual.decision) return `decision "${actual.decision}" instead of "${expected.decision}"`;
  return (
    numberDifference('confidence', expected.confidence, actual.confidence) ??
    numberDifference('anomaly_score', expected.anomalyScore, actual.anomalyScore) ??
    realPlaneDifference('anomaly_map', expected.map, actual.map, tolerance) ??
    realPlaneDifference('bboxes', expected.boxes, actual.boxes, 1) ??
    realPlaneDifference('visualization', expected.visualization, actual.visualization, 2)
  );
}

function numberDifference(name: string, expected: number, actual: number, by = tolerance): string | undefined {
  return Object.is(expected, actual) || Math.abs(expected - actual) <= by ? undefined : `${name} ${actual} instead of ${expected}`;
}

function realPlaneDifference(
  name: string,
  expected: Plane<Float32Array | Uint8Array>,
  actual: Plane<Float32Array | Uint8Array>,
  by: number,
): string | undefined {
  return planeDifference(name, expected, actual, (before, after) => {
    for (const [at, value] of before.entries()) {
      const difference = numberDifference(`${name}[${at}]`, value, after[at] ?? Number.NaN, by);
      if (difference !== undefined) return difference;
    }
    return undefined;
  });
}
