// Compares two visualizations pixel by pixel; never by a perceptual measure, which a fine scratch would pass.
import { atMost, equal, type GoldenLine } from './golden-line.ts';
import { countMarks, fullestWindow } from './outside-window.ts';
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
  const marks = marksOf(expected, actual, limits.levels.value);
  const count = countMarks(marks);
  const rule = `share of pixels over ${limits.levels.value} levels off:`;
  return [
    size,
    atMost('visualization', rule, count / marks.length, limits.outside, `${count} of ${marks.length}`),
    atMost('visualization', 'most such pixels in a 16×16 window:', fullestWindow(marks, actual.width, actual.height), limits.window),
  ];
}

/** 1 for each pixel of which a channel is off by more levels than allowed. Rows that are equal, as most are, are compared as memory. */
function marksOf(expected: RgbImage, actual: RgbImage, levels: number): Uint8Array {
  const marks = new Uint8Array(actual.width * actual.height);
  const [wanted, found] = [bytesOf(expected), bytesOf(actual)];
  const row = actual.width * 3;
  for (let start = 0; start < found.length; start += row) {
    if (found.compare(wanted, start, start + row, start, start + row) === 0) continue;
    for (let at = start; at < start + row; at += 1) {
      const off = (found[at] ?? 0) - (wanted[at] ?? 0);
      if (off > levels || -off > levels) marks[Math.floor(at / 3)] = 1;
    }
  }
  return marks;
}

function bytesOf({ data }: RgbImage): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

function sizeText(image: RgbImage | undefined): string {
  return image === undefined ? 'none' : `${image.width}×${image.height}`;
}
