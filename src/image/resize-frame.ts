// Stretches a frame as the SDK's mvas::resize does, to the same bytes.
import type { Frame } from './frame.ts';

interface Tap {
  readonly first: number;
  readonly second: number;
  /** Weight of the second in 1/2048. */
  readonly weight: number;
}

/** Bilinear without antialiasing, pixel centres at one half, rounded half up; whole numbers only, so that every language agrees. */
export function resizeFrame(frame: Frame, width: number, height: number): Frame {
  const { channels, strideBytes, data } = frame;
  const columns = taps(frame.width, width);
  const rows = taps(frame.height, height);
  const out = new Uint8Array(width * height * channels);
  let to = 0;
  for (const row of rows) {
    const [top, bottom] = [row.first * strideBytes, row.second * strideBytes];
    for (const column of columns) {
      const [left, right] = [column.first * channels, column.second * channels];
      for (let channel = 0; channel < channels; channel += 1) {
        const upper = mixed(data[top + left + channel], data[top + right + channel], column.weight);
        const lower = mixed(data[bottom + left + channel], data[bottom + right + channel], column.weight);
        // 255 · 2048² and the half fit into 32 bits without a sign
        out[to] = (upper * (2048 - row.weight) + lower * row.weight + (1 << 21)) >>> 22;
        to += 1;
      }
    }
  }
  return { data: out, width, height, channels, strideBytes: width * channels, format: frame.format };
}

function mixed(first = 0, second = 0, weight = 0): number {
  return first * (2048 - weight) + second * weight;
}

function taps(size: number, target: number): Tap[] {
  return Array.from({ length: target }, (_, at) => {
    const place = Math.max((2 * at + 1) * size - target, 0);
    const first = Math.min(Math.floor(place / (2 * target)), size - 1);
    const weight = Math.floor(((place - first * 2 * target) * 2048 + target) / (2 * target));
    return { first, second: Math.min(first + 1, size - 1), weight };
  });
}
