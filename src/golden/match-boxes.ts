// Pairs found boxes with expected ones and says which are missing, extra, moved or relabelled.
import type { Box } from '../harness/plugin-host.ts';
import { assign, type Candidate } from './assignment.ts';

/** Two boxes that belong together. */
export interface BoxPair {
  readonly expected: Box;
  readonly actual: Box;
  readonly iou: number;
}

/** What became of every box. */
export interface BoxMatch {
  /** Same class, overlap at or over the limit. */
  readonly matched: readonly BoxPair[];
  /** Overlap at or over the limit, but another class. */
  readonly relabelled: readonly BoxPair[];
  /** Same class, some overlap. */
  readonly moved: readonly BoxPair[];
  readonly missing: readonly Box[];
  readonly extra: readonly Box[];
}

/** Intersection over union of two boxes; 0 for boxes without area. */
export function boxIou(a: Box, b: Box): number {
  const width = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1);
  const height = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
  if (!(width > 0 && height > 0)) return 0;
  const both = width * height;
  return both / ((a.x2 - a.x1) * (a.y2 - a.y1) + (b.x2 - b.x1) * (b.y2 - b.y1) - both);
}

/**
 * Matches one to one and optimally: as many boxes as possible within the limit, of those as few as possible whose score
 * differs, of those the best overlap. What is left is told apart.
 */
export function matchBoxes(
  expected: readonly Box[],
  actual: readonly Box[],
  leastIou: number,
  sameScore: (pair: BoxPair) => boolean,
): BoxMatch {
  const left = { rows: new Set(expected.keys()), columns: new Set(actual.keys()) };
  const take = (accept: (pair: BoxPair) => boolean): BoxPair[] => {
    const pairs = new Map<Candidate, BoxPair>();
    for (const row of left.rows) {
      for (const column of left.columns) {
        const pair = pairOf(expected[row], actual[column]);
        if (pair !== undefined && accept(pair)) pairs.set({ row, column, cost: 1 - pair.iou + (sameScore(pair) ? 0 : 1) }, pair);
      }
    }
    return assign([...pairs.keys()]).flatMap((candidate) => {
      left.rows.delete(candidate.row);
      left.columns.delete(candidate.column);
      return pairs.get(candidate) ?? [];
    });
  };
  const matched = take(({ expected: wanted, actual: found, iou }) => wanted.class === found.class && iou >= leastIou);
  const relabelled = take(({ iou }) => iou >= leastIou);
  const moved = take(({ expected: wanted, actual: found }) => wanted.class === found.class);
  const missing = expected.filter((_, row) => left.rows.has(row));
  const extra = actual.filter((_, column) => left.columns.has(column));
  return { matched, relabelled, moved, missing, extra };
}

function pairOf(expected: Box | undefined, actual: Box | undefined): BoxPair | undefined {
  if (expected === undefined || actual === undefined) return undefined;
  const iou = boxIou(expected, actual);
  return iou > 0 ? { expected, actual, iou } : undefined;
}
