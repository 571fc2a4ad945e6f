// Compares the boxes of a result with the expected ones.
import type { Box } from '../harness/plugin-host.ts';
import { atMost, type GoldenLine } from './golden-line.ts';
import { type BoxPair, matchBoxes } from './match-boxes.ts';
import type { Limits } from './tolerance.ts';

const none = { value: 0, from: 'default' } as const;
const mostBoxes = 2000;

/** Compares boxes one to one: none may be missing, extra, moved or relabelled, and scores may differ within their tolerance. */
export function compareBoxes(expected: readonly Box[], actual: readonly Box[], limits: Limits<'bboxes'>): GoldenLine[] {
  const most = Math.max(expected.length, actual.length);
  if (most > mostBoxes) return [atMost('bboxes', 'boxes to match:', most, { value: mostBoxes, from: 'default' })];
  const excess = ({ expected: wanted, actual: found }: BoxPair): number =>
    Math.abs(found.score - wanted.score) - (limits.score_abs.value + limits.score_rel.value * Math.abs(wanted.score));
  const match = matchBoxes(expected, actual, limits.iou.value, (pair) => excess(pair) <= 0);
  const scored = match.matched.filter((pair) => !(excess(pair) <= 0));
  const { value: iou, from } = limits.iou;
  return [
    counted('missing', match.missing, boxText),
    counted('extra', match.extra, boxText),
    { ...counted(`overlapping by less than ${iou}`, match.moved, movedText), limitFrom: from },
    counted('of another class', match.relabelled, relabelledText),
    { ...counted('with another score', scored, scoreText), limitFrom: limits.score_abs.from },
  ];
}

function counted<T>(what: string, found: readonly T[], text: (item: T) => string): GoldenLine {
  const more = found.length > 3 ? `, and ${found.length - 3} more` : '';
  return atMost(
    'bboxes',
    `boxes ${what}:`,
    found.length,
    none,
    found.length === 0 ? undefined : found.slice(0, 3).map(text).join(', ') + more,
  );
}

function boxText({ x1, y1, x2, y2, class: label }: Box): string {
  return `class ${label} at ${[x1, y1, x2, y2].map((value) => Number(value.toFixed(1))).join(' ')}`;
}

function movedText({ expected, actual, iou }: BoxPair): string {
  return `${boxText(expected)} is now at ${boxText(actual)} (overlap ${iou.toFixed(3)})`;
}

function relabelledText({ expected, actual }: BoxPair): string {
  return `${boxText(expected)} is now class ${actual.class}`;
}

function scoreText({ expected, actual }: BoxPair): string {
  return `${boxText(expected)} scores ${actual.score}, expected ${expected.score}`;
}
