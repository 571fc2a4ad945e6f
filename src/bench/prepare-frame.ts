// Makes the frame of a specification: format, size and stride, before anything is timed.
import { readFileSync } from 'node:fs';
import type { Frame, FrameFormat } from '../image/frame.ts';
import type { Picture } from '../image/picture.ts';
import { toFrame } from '../image/to-frame.ts';
import type { FrameSpec, PictureFile } from './bench-order.ts';

/** Reads the pixels of a picture file. */
export function readPicture({ file, ...shape }: PictureFile): Picture {
  return { ...shape, data: readFileSync(file) };
}

/** The frame; `own` is the format that the plugin asks for. */
export function prepareFrame(picture: Picture, spec: FrameSpec, own: FrameFormat): Frame {
  const { width = picture.width, height = picture.height, padding = 0 } = spec;
  const scaled = width === picture.width && height === picture.height ? picture : scale(picture, width, height);
  const frame = toFrame(scaled, spec.format ?? own);
  if (padding > 0) return padded(frame, padding);
  // a frame that is written to, or that another one shares bytes with, needs bytes of its own
  return spec.stamped ? { ...frame, data: Uint8Array.from(frame.data) } : frame;
}

/** Changes some pixels so that this frame is like none before; costs one cache line. */
export function stamp({ data }: Frame, number: number): void {
  const count = Math.min(4, data.length);
  for (let at = 0; at < count; at += 1) data[at] = (number >>> (8 * at)) & 0xff;
}

function scale(picture: Picture, width: number, height: number): Picture {
  const { channels, data } = picture;
  const out = new Uint8Array(width * height * channels);
  for (let y = 0, to = 0; y < height; y += 1) {
    const row = Math.min(picture.height - 1, Math.floor(((y + 0.5) * picture.height) / height)) * picture.width;
    for (let x = 0; x < width; x += 1) {
      const from = (row + Math.min(picture.width - 1, Math.floor(((x + 0.5) * picture.width) / width))) * channels;
      for (let channel = 0; channel < channels; channel += 1, to += 1) out[to] = data[from + channel] ?? 0;
    }
  }
  return { ...picture, width, height, data: out };
}

function padded(frame: Frame, padding: number): Frame {
  const packed = frame.width * frame.channels;
  const strideBytes = packed + padding;
  const data = new Uint8Array(strideBytes * frame.height);
  for (let y = 0; y < frame.height; y += 1) data.set(frame.data.subarray(y * packed, (y + 1) * packed), y * strideBytes);
  return { ...frame, strideBytes, data };
}
