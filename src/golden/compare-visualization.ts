// Compares two visualizations pixel by pixel; never by a perceptual measure, which a fine scratch would pass.
import { atMost, equal, type GoldenLine } from './golden-line.ts';
import { fullestWindow } from './outside-window.ts';
import type { Limits } from './tolerance.ts';

/** RGB bytes, row after row. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Compares a visualization with its reference; null and undefined mean that there is none. */
export function compareVisualization(
  expected: RgbImage | null,
  actual: RgbImage | undefined,
  limits: Limits<'visualization'>,
): GoldenLine[] {
  const size = equal('visualization', 'size is', sizeText(actual), sizeText(expected ?? undefined));
  if (expected === null || actual === undefined || !size.ok) return [size];
  const marks = new Uint8Array(actual.width * actual.height);
  for (let at = 0; at < actual.data.length; at += 1) {
    if (Math.abs((actual.data[at] ?? 0) - (expected.data[at] ?? 0)) > limits.levels.value) marks[Math.floor(at / 3)] = 1;
  }
  const count = marks.reduce((sum, mark) => sum + mark, 0);
  const rule = `share of pixels over ${limits.levels.value} levels off:`;
  return [
    size,
    atMost('visualization', rule, count / marks.length, limits.outside, `${count} of ${marks.length}`),
    atMost('visualization', 'most such pixels in a 16×16 window:', fullestWindow(marks, actual.width, actual.height), limits.window),
  ];
}

function sizeText(image: RgbImage | undefined): string {
  return image === undefined ? 'none' : `${image.width}×${image.height}`;
}
