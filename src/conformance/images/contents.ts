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

/** Value of one byte, from its column, row and channel. */
type Brush = (x: number, y: number, channel: number) => number;

const alpha = 3;
const noiseBytes = 8192;

/** Paints packed rows; alpha is 255 but in noise, where it is anything. */
export function paint(content: Content, canvas: Canvas, random: Random): Uint8Array {
  const { width, height, channels } = canvas;
  const brush = brushes[content](canvas, random);
  const pixels = new Uint8Array(width * height * channels);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < channels; channel++, at++)
        pixels[at] = channel === alpha && content !== 'noise' ? 255 : brush(x, y, channel);
  return pixels;
}

const brushes: Readonly<Record<Content, (canvas: Canvas, random: Random) => Brush>> = {
  spot: brightSpot,
  black: () => () => 0,
  white: () => () => 255,
  constant(_canvas, random) {
    const values = random.bytes(alpha);
    return (_x, _y, channel) => values[channel] ?? 255;
  },
  gradient:
    ({ width, height }) =>
    (x, y, channel) =>
      (255 * (channel === 1 ? (height - y) / height : (x + 1) / width)) & 255,
  checker: () => (x, y) => ((x + y) & 1) * 255,
  noise(_canvas, random) {
    const grain = random.bytes(noiseBytes);
    return (x, y, channel) => grain[(x * 31 + y * 1021 + channel * 4099) & (noiseBytes - 1)] ?? 0;
  },
  blocks(_canvas, random) {
    const means = random.bytes(noiseBytes);
    return (x, y, channel) => {
      const mean = means[((x >> 3) * 17 + (y >> 3) * 257 + channel * 31) & (noiseBytes - 1)] ?? 0;
      return 40 + (mean >> 1) + (x & 7) * 4 + (((x & 7) * (y & 7)) >> 1);
    };
  },
  dot({ width, height }, random) {
    const [column, row] = [random.below(width), random.below(height)];
    return (x, y) => (x === column && y === row ? 255 : 0);
  },
  edges:
    ({ width, height }) =>
    (x, y) =>
      x === 0 || y === 0 || x === width - 1 || y === height - 1 ? 255 : 8,
};

/** A smooth picture with a bright spot and a little noise: not flat, not the same in any two rows or channels. */
function brightSpot({ width, height, channels }: Canvas, random: Random): Brush {
  const [spotX, spotY] = [0.25 + random.below(512) / 1024, 0.25 + random.below(512) / 1024];
  const radius = 0.02 + random.below(64) / 2048;
  const noise = random.bytes(4096);
  return (x, y, channel) => {
    const [u, v] = [(x + 0.5) / width, (y + 0.5) / height];
    const spot = (u - spotX) ** 2 + (v - spotY) ** 2 < radius ? 90 : 0;
    const at = (y * width + x) * channels + channel;
    return 30 + 50 * u + 40 * v + 12 * channel + spot + ((noise[(at * 31 + y) & 4095] ?? 0) & 15);
  };
}
