// Compares results that were computed in different ways, where the last bits may differ.
import { type Plane, type ResultCopy, sameBytes } from './plugin-copies.ts';

const tolerance = 1e-3;

/** The first field in which two results differ by more than rounding, in words; details are not compared. */
export function realDifference(expected: ResultCopy, actual: ResultCopy): string | undefined {
  if (expected.decision !== actual.decision) return `decision "${actual.decision}" instead of "${expected.decision}"`;
  return (
    numberDifference('confidence', expected.confidence, actual.confidence) ??
    numberDifference('anomaly_score', expected.anomalyScore, actual.anomalyScore) ??
    planeDifference('anomaly_map', expected.map, actual.map, tolerance) ??
    planeDifference('bboxes', expected.boxes, actual.boxes, 1) ??
    planeDifference('visualization', expected.visualization, actual.visualization, 2)
  );
}

function numberDifference(name: string, expected: number, actual: number, by = tolerance): string | undefined {
  return Object.is(expected, actual) || Math.abs(expected - actual) <= by ? undefined : `${name} ${actual} instead of ${expected}`;
}

function planeDifference(
  name: string,
  expected: Plane<Float32Array | Uint8Array>,
  actual: Plane<Float32Array | Uint8Array>,
  by: number,
): string | undefined {
  const size = ({ data, width, height }: Plane<unknown>) => (data === null ? 'NULL' : `${width}×${height}`);
  if (size(expected) !== size(actual)) return `${name} ${size(actual)} instead of ${size(expected)}`;
  if (sameBytes(expected, actual)) return undefined;
  for (const [at, value] of (expected.data ?? []).entries()) {
    const difference = numberDifference(`${name}[${at}]`, value, actual.data?.[at] ?? Number.NaN, by);
    if (difference !== undefined) return difference;
  }
  return undefined;
}
