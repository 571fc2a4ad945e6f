// Decodes png, jpeg, tiff and webp bit-exactly: no colour management, the file's own colour space and depth.
import type { Metadata } from 'sharp';
import { KitError, toErrorText } from '../core/kit-error.ts';
import { checkSize, imageError } from './image-limits.ts';
import type { Picture } from './picture.ts';

const spaces = { 'b-w': 'uchar', srgb: 'uchar', grey16: 'ushort', rgb16: 'ushort' } as const;
type Space = keyof typeof spaces;

/** Loads the decoder, which holds up everything else in the process for 0.1 s. */
export async function readyDecoder(): Promise<void> {
  await import('sharp');
}

/** Decodes a picture's bytes in so many seconds at most; `path` is for messages. */
export async function decodeBySharp(path: string, bytes: Uint8Array, seconds: number): Promise<Picture> {
  const { default: sharp } = await import('sharp');
  try {
    // the size is ours to judge, with our message
    const options = { ignoreIcc: true, limitInputPixels: false } as const;
    const header = await sharp(bytes, options).metadata();
    const { space, depth } = acceptHeader(path, header);
    const picture = sharp(bytes, options).timeout({ seconds }).autoOrient().toColourspace(space);
    const decoded = await picture.raw({ depth }).toBuffer({ resolveWithObject: true });
    const { width, height, channels } = decoded.info;
    if (channels === 2) throw imageError(path, 'has a combination of channels that is not read');
    return { path, width, height, channels, data: depth === 'ushort' ? toEightBits(decoded.data) : decoded.data };
  } catch (cause) {
    if (cause instanceof KitError) throw cause;
    throw imageError(path, `cannot be decoded: ${toErrorText(cause)}`, undefined, cause);
  }
}

function acceptHeader(path: string, header: Metadata): { space: Space; depth: 'uchar' | 'ushort' } {
  const { space, depth, pages = 1, width, height, channels } = header;
  checkSize(path, width, height);
  if (pages > 1) throw imageError(path, `holds ${pages} pages, and a picture has one`, 'save the page to inspect as a file of its own');
  if (!isKnown(space) || spaces[space] !== depth || channels > 4)
    throw imageError(path, `has ${channels} ${depth} channels of ${space}; grey or RGB of 8 or 16 bits is read`);
  // sharp writes grey with alpha as grey alone: as RGBA nothing is lost
  if (channels === 2) return { space: depth === 'ushort' ? 'rgb16' : 'srgb', depth: spaces[space] };
  return { space, depth: spaces[space] };
}

function isKnown(space: string): space is Space {
  return Object.hasOwn(spaces, space);
}

/** Scales native-endian 16 bit samples by 1/257, rounded. */
function toEightBits(bytes: Buffer): Uint8Array {
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : Buffer.copyBytesFrom(bytes);
  const samples = new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.length / 2);
  const out = new Uint8Array(samples.length);
  for (let at = 0; at < out.length; at += 1) out[at] = Math.round((samples[at] ?? 0) / 257);
  return out;
}
