// Compares two anomaly maps: shape, finiteness, values overall and in any one place, the peak, the area over the threshold.

import type { HeatMap } from '../image/heat-map.ts';
import { atLeast, atMost, equal, type GoldenLine } from './golden-line.ts';
import { countMarks, fullestWindow } from './outside-window.ts';
import type { Limits } from './tolerance.ts';

/** Compares a map with its reference; `threshold` parts the map into good and defect. */
export function compareMap(
  expected: HeatMap | null,
  actual: HeatMap | undefined,
  limits: Limits<'anomaly_map'>,
  threshold: number,
): GoldenLine[] {
  const shape = equal('anomaly_map', 'size is', sizeText(actual), sizeText(expected ?? undefined));
  if (expected === null || actual === undefined || !shape.ok) return [shape];
  const invalid = countInvalid(actual.data);
  const finite = atMost('anomaly_map', 'values that are not finite:', invalid, { value: 0, from: 'default' });
  if (!finite.ok) return [shape, finite];
  const allowance = allowanceOf(expected.data, limits);
  const marks = new Uint8Array(actual.data.length);
  // the rule on the machine that made the reference, and seen at the speed of memory
  const isSame = Buffer.compare(bytesOf(expected.data), bytesOf(actual.data)) === 0;
  for (let at = 0; at < marks.length && !isSame; at += 1)
    marks[at] = Number(isOutside(expected.data[at] ?? 0, actual.data[at] ?? 0, allowance));
  const count = countMarks(marks);
  return [
    shape,
    finite,
    atMost('anomaly_map', 'share of values outside:', count / marks.length, limits.outside, `${count} of ${marks.length}`),
    atMost('anomaly_map', 'most values outside in a 16×16 window:', fullestWindow(marks, actual.width, actual.height), limits.window),
    atMost('anomaly_map', 'peak moved by pixels:', isSame ? 0 : peakMove(expected, actual, allowance), limits.arg_max_px),
    atLeast(
      'anomaly_map',
      `area at or over ${threshold} overlaps by`,
      isSame ? 1 : maskIou(expected.data, actual.data, marks, threshold),
      limits.mask_iou,
    ),
  ];
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function countInvalid(data: Float32Array): number {
  let count = 0;
  for (let at = 0; at < data.length; at += 1) if (!Number.isFinite(data[at])) count += 1;
  return count;
}

function sizeText(map: HeatMap | undefined): string {
  return map === undefined ? 'none' : `${map.width}×${map.height}`;
}

interface Allowance {
  readonly abs: number;
  readonly rel: number;
}

function allowanceOf(reference: Float32Array, limits: Limits<'anomaly_map'>): Allowance {
  const { min, max } = summarize(reference);
  // a constant map has no range: the contract's 0..1 stands in
  const range = max > min ? max - min : 1;
  return { abs: limits.atol_of_range.value * range, rel: limits.rtol.value };
}

function isOutside(reference: number, value: number, { abs, rel }: Allowance): boolean {
  return Math.abs(value - reference) > abs + rel * Math.abs(reference);
}

/** How far the peak lies from the nearest place that is a peak of the reference, within tolerance. */
function peakMove(expected: HeatMap, actual: HeatMap, allowance: Allowance): number {
  const { max } = summarize(expected.data);
  const peak = actual.data.indexOf(summarize(actual.data).max);
  const [x, y] = [peak % actual.width, Math.floor(peak / actual.width)];
  let nearest = Number.POSITIVE_INFINITY;
  for (let at = 0; at < expected.data.length; at += 1) {
    if (isOutside(max, expected.data[at] ?? 0, allowance)) continue;
    nearest = Math.min(nearest, ((at % expected.width) - x) ** 2 + (Math.floor(at / expected.width) - y) ** 2);
  }
  return Math.sqrt(nearest);
}

/** Intersection over union of two thresholded maps; a value within tolerance counts as the reference does. */
function maskIou(expected: Float32Array, actual: Float32Array, outside: Uint8Array, threshold: number): number {
  let both = 0;
  let either = 0;
  for (let at = 0; at < expected.length; at += 1) {
    const wanted = (expected[at] ?? 0) >= threshold;
    const found = outside[at] === 1 ? (actual[at] ?? 0) >= threshold : wanted;
    if (wanted && found) both += 1;
    if (wanted || found) either += 1;
  }
  return either === 0 ? 1 : both / either;
}

/** Smallest, largest and mean value of a map. */
export function summarize(data: Float32Array): { min: number; max: number; mean: number } {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (let at = 0; at < data.length; at += 1) {
    const value = data[at] ?? 0;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  return { min, max, mean: sum / data.length };
}
