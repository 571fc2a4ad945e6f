// The images that checks submit: right ones, and ones that lie about themselves.
import type { Random } from './random.ts';

/** `guarded-end`: unmapped memory begins behind the last byte; `guarded-start`: it ends before the first; `read-only`: writing traps. */
export type ImagePlace = 'plain' | 'guarded-end' | 'guarded-start' | 'read-only';

/** An image of the suite: its pixels, how they lie in memory, and what the struct says of them. */
export interface TestImage {
  /** Rows from top to bottom without padding, width · height · channels bytes. */
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** NULL where it is null. */
  readonly format: string | null;
  /** Bytes from a row to the next; the last row has no padding. */
  readonly strideBytes: number;
  /** Value of the padding's bytes. */
  readonly padding: number;
  readonly memory: ImagePlace;
  /** What the struct says in place of the truth; data null is NULL. */
  readonly claims: {
    readonly width?: number;
    readonly height?: number;
    readonly channels?: number;
    readonly strideBytes?: number;
    readonly data?: null;
  };
}

/** Size and format of nominal images, as the plugin declared them or a stand-in where it declared nonsense. */
export interface FrameKind {
  readonly width: number;
  readonly height: number;
  readonly format: string;
}

/** Channels of the four formats. */
export const formatChannels: Readonly<Record<string, number>> = { RGB: 3, BGR: 3, GRAY: 1, RGBA: 4 };

/** A smooth picture with a bright spot and a little noise: not flat, not the same in any two rows or channels. */
export function drawImage(width: number, height: number, format: string, random: Random): TestImage {
  const channels = formatChannels[format] ?? 3;
  const pixels = new Uint8Array(width * height * channels);
  const [spotX, spotY] = [0.25 + random.below(512) / 1024, 0.25 + random.below(512) / 1024];
  const radius = 0.02 + random.below(64) / 2048;
  const noise = random.bytes(4096);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [u, v] = [(x + 0.5) / width, (y + 0.5) / height];
      const spot = (u - spotX) ** 2 + (v - spotY) ** 2 < radius ? 90 : 0;
      for (let channel = 0; channel < channels; channel++, at++)
        pixels[at] = channel === 3 ? 255 : 30 + 50 * u + 40 * v + 12 * channel + spot + ((noise[(at * 31 + y) & 4095] ?? 0) & 15);
    }
  return { pixels, width, height, channels, format, strideBytes: width * channels, padding: 0, memory: 'plain', claims: {} };
}

/** The bytes as they lie in memory: rows with their padding, none behind the last. */
export function layOut(image: TestImage): Uint8Array {
  const rowBytes = image.width * image.channels;
  if (image.strideBytes === rowBytes) return image.pixels;
  const laid = new Uint8Array(image.strideBytes * (image.height - 1) + rowBytes).fill(image.padding);
  for (let row = 0; row < image.height; row++)
    laid.set(image.pixels.subarray(row * rowBytes, (row + 1) * rowBytes), row * image.strideBytes);
  return laid;
}

/** What the struct will say, in words: "64×48 RGB stride 192". */
export function describeImage(image: TestImage): string {
  const { width, height, channels, strideBytes } = { ...image, ...image.claims };
  const shown = image.claims.data === null ? ', data NULL' : '';
  const format = image.format === null ? 'format NULL' : JSON.stringify(image.format).slice(1, -1);
  const odd = channels === formatChannels[image.format ?? ''] ? '' : `, ${channels} channels`;
  return `${width}×${height} ${format}${odd}, stride ${strideBytes}${shown}`;
}
