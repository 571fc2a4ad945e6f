// What is to be seen in the images of the suite: pictures that plugins meet, and those that their arithmetic trips over.
import type { Random } from '../random.ts';

/** Names of the pictures: `blocks` is like a JPEG, `dot` is black but for one pixel, `edges` bright only along the four sides. */
export const contents = ['spot', 'black', 'white', 'constant', 'gradient', 'checker', 'noise', 'blocks', 'dot', 'edges'] as const;

/** One of them. */
export type Content = (typeof contents)[number];

/** Size of what is painted; `channels` bytes a pixel. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** Fills one packed row. */
type Brush = (row: Uint8Array, y: number) => void;

const alpha = 3;
const noiseBytes = 8192;

/** Paints packed rows; alpha is 255 but in noise, where it is anything. */
export function paint(content: Content, canvas: Canvas, random: Random): Uint8Array {
  const { width, height, channels } = canvas;
  const rowBytes = width * channels;
  const fill = brushes[content](canvas, random);
  const pixels = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y++) {
    const row = pixels.subarray(y * rowBytes, (y + 1) * rowBytes);
    fill(row, y);
    if (channels > alpha && content !== 'noise') for (let at = alpha; at < rowBytes; at += channels) row[at] = 255;
  }
  return pixels;
}

// Many of these rows are made in processes that live for a few milliseconds: what repeats is copied, not calculated again.
const brushes: Readonly<Record<Content, (canvas: Canvas, random: Random) => Brush>> = {
  spot: brightSpot,
  black: () => (row) => row.fill(0),
  white: () => (row) => row.fill(255),
  constant(canvas, random) {
    const values = random.bytes(alpha);
    const template = rowOf(canvas, (_x, channel) => values[channel] ?? 255);
    return (row) => row.set(template);
  },
  gradient(canvas) {
    const { height, channels } = canvas;
    const template = rowOf(canvas, (x) => (255 * (x + 1)) / canvas.width);
    return (row, y) => {
      row.set(template);
      for (let at = 1; channels > 1 && at < row.length; at += channels) row[at] = (255 * (height - y)) / height;
    };
  },
  checker(canvas) {
    const templates = [0, 1].map((y) => rowOf(canvas, (x) => ((x + y) & 1) * 255));
    return (row, y) => row.set(templates[y & 1] ?? []);
  },
  noise(_canvas, random) {
    const grain = random.bytes(noiseBytes);
    return (row, y) => tile(row, grain, (y * 1021) % noiseBytes);
  },
  blocks(canvas, random) {
    const means = random.bytes(noiseBytes);
    return (row, y) =>
      row.set(
        rowOf(canvas, (x, channel) => {
          const mean = means[((x >> 3) * 17 + (y >> 3) * 257 + channel * 31) & (noiseBytes - 1)] ?? 0;
          return 40 + (mean >> 1) + (x & 7) * 4 + (((x & 7) * (y & 7)) >> 1);
        }),
      );
  },
  dot({ width, height, channels }, random) {
    const [column, row] = [random.below(width), random.below(height)];
    return (bytes, y) => y === row && bytes.fill(255, column * channels, (column + 1) * channels);
  },
  edges:
    ({ height, channels }) =>
    (row, y) => {
      row.fill(y === 0 || y === height - 1 ? 255 : 8);
      row.fill(255, 0, channels).fill(255, row.length - channels);
    },
};

/** One row by the value of each byte. */
function rowOf({ width, channels }: Canvas, value: (x: number, channel: number) => number): Uint8Array {
  const row = new Uint8Array(width * channels);
  for (let x = 0, at = 0; x < width; x++) for (let channel = 0; channel < channels; channel++, at++) row[at] = value(x, channel);
  return row;
}

/** Fills a row with a pattern again and again, from one of its bytes on. */
function tile(row: Uint8Array, pattern: Uint8Array, from: number): void {
  for (let at = 0, start = from; at < row.length; start = 0) {
    const piece = pattern.subarray(start, start + row.length - at);
    row.set(piece, at);
    at += piece.length;
  }
}

/** A smooth picture with a bright spot and a little noise: not flat, not the same in any two rows or channels. */
function brightSpot(canvas: Canvas, random: Random): Brush {
  const { width, height, channels } = canvas;
  const [spotX, spotY] = [0.25 + random.below(512) / 1024, 0.25 + random.below(512) / 1024];
  const radius = Math.sqrt(0.02 + random.below(64) / 2048);
  const texture = texturedRows(
    rowOf(canvas, (x, channel) => 30 + (50 * (x + 0.5)) / width + 12 * channel),
    random.bytes(4096),
  );
  return (row, y) => {
    const v = (y + 0.5) / height;
    row.set(texture(Math.floor(40 * v), y * 31));
    const half = Math.sqrt(Math.max(0, radius ** 2 - (v - spotY) ** 2));
    const [left, right] = [spotX - half, spotX + half].map((u) => channels * Math.min(width, Math.max(0, Math.ceil(u * width - 0.5))));
    for (let at = left ?? 0; at < (right ?? 0); at++) row[at] = (row[at] ?? 0) + 90;
  };
}

/**
 * Rows of `base` + `added` + noise of 0 to 15 from its byte `start` on, every value below 256. Four bytes are added at once: this is most
 * of what is painted, and nothing compiles it.
 */
function texturedRows(base: Uint8Array, noise: Uint8Array): (added: number, start: number) => Uint8Array {
  const words = Math.ceil(base.length / 4);
  const row = new Int32Array(words);
  const bases = new Int32Array(words);
  new Uint8Array(bases.buffer).set(base);
  // the noise as words from each of the four bytes on that a word can begin with
  const grains = [0, 1, 2, 3].map((shift) => {
    const shifted = new Uint8Array(noise.length);
    shifted.set(noise.subarray(shift));
    shifted.set(noise.subarray(0, shift), noise.length - shift);
    return new Int32Array(shifted.buffer).map((word) => word & 0x0f0f0f0f);
  });
  const bytes = new Uint8Array(row.buffer, 0, base.length);
  return (added, start) => {
    const grain = grains[start & 3] as Int32Array;
    const each = added * 0x01010101;
    for (let at = 0, word = start >> 2; at < words; at++, word++)
      row[at] = (bases[at] as number) + (grain[word & (grain.length - 1)] as number) + each;
    return bytes;
  };
}
