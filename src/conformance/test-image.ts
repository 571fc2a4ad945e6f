// The images that checks submit: right ones, and ones that lie about themselves.
import { type Content, paint } from './images/contents.ts';
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
  /** Bytes from a multiple of 64 to the first pixel, where it is plain. */
  readonly offsetBytes: number;
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

/** A seeded picture, packed; a nominal image has a bright spot. */
export function drawImage({ width, height, format }: FrameKind, random: Random, content: Content = 'spot'): TestImage {
  const channels = formatChannels[format] ?? 3;
  const pixels = paint(content, { width, height, channels }, random);
  return {
    pixels,
    width,
    height,
    channels,
    format,
    strideBytes: width * channels,
    padding: 0,
    offsetBytes: 0,
    memory: 'plain',
    claims: {},
  };
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
  const offset = image.offsetBytes === 0 ? '' : `, address 64·n + ${image.offsetBytes}`;
  return `${width}×${height} ${format}${odd}, stride ${strideBytes}${offset}${shown}`;
}
