// How a decoded picture becomes a frame of the format a plugin wants.
import { sha256Hex } from '../core/digest.ts';
import { type Frame, type FrameFormat, frameChannels } from './frame.ts';
import type { Picture } from './picture.ts';

/**
 * Brings a picture to a pixel format at its own size, rows packed.
 *
 * Red and blue are swapped for BGR, grey is (4899 R + 9617 G + 1868 B + 8192) >> 14 (BT.601), alpha is dropped, or 255 where
 * the picture has none. The frame shares the picture's bytes when nothing has to change.
 */
export function toFrame(picture: Picture, format: FrameFormat): Frame {
  const { width, height } = picture;
  const channels = frameChannels[format];
  const same = picture.channels === channels && format !== 'BGR';
  const data = same ? picture.data : converted(picture, format);
  return { data, width, height, channels, strideBytes: width * channels, format };
}

/** SHA-256 of a picture's packed RGB bytes: tells whether two machines decode a file alike. */
export function pixelsSha256(picture: Picture): string {
  return sha256Hex(toFrame(picture, 'RGB').data);
}

function converted({ data, channels: from, width, height }: Picture, format: FrameFormat): Uint8Array {
  const step = frameChannels[format];
  const out = new Uint8Array(width * height * step);
  // a grey source reads its one sample three times
  const [green, blue] = from === 1 ? [0, 0] : [1, 2];
  if (format === 'GRAY') {
    for (let at = 0, pixel = 0; pixel < out.length; at += from, pixel += 1) out[pixel] = luma(data, at);
    return out;
  }
  const [red, last] = format === 'BGR' ? [2, 0] : [0, 2];
  for (let at = 0, to = 0; to < out.length; at += from, to += step) {
    out[to + red] = data[at] ?? 0;
    out[to + 1] = data[at + green] ?? 0;
    out[to + last] = data[at + blue] ?? 0;
    if (step === 4) out[to + 3] = 255;
  }
  return out;
}

function luma(data: Uint8Array, at: number): number {
  return (4899 * (data[at] ?? 0) + 9617 * (data[at + 1] ?? 0) + 1868 * (data[at + 2] ?? 0) + 8192) >> 14;
}
