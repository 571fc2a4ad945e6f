// Reads a picture file: png, jpeg, bmp, tiff, webp, told apart by content.
import { constants, open } from 'node:fs/promises';
import { KitError } from '../core/kit-error.ts';
import { readError } from '../core/read-error.ts';
import { decodeBmp } from './decode-bmp.ts';
import { decodeBySharp } from './decode-by-sharp.ts';
import { imageKind, imageKinds } from './image-kind.ts';
import { checkFileSize, imageError } from './image-limits.ts';
import type { Picture } from './picture.ts';

/**
 * Decodes a picture to 8 bits a channel: 16 bit samples are divided by 257 and rounded, the EXIF orientation is applied, colour
 * profiles are ignored, so every machine gets the same bytes. `limitMs` is the longest it may take, in whole seconds from one on.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, or `IMAGE_INVALID` when the file is not a whole picture of at most 160 million pixels.
 */
export async function decodeImage(path: string, limitMs = 30_000): Promise<Picture> {
  const bytes = await readBytes(path);
  const kind = imageKind(bytes);
  if (kind === undefined) throw imageError(path, `is not a picture of a known format: ${Object.keys(imageKinds).join(', ')}`);
  return kind === 'bmp' ? await decodeBmp(path, bytes) : await decodeBySharp(path, bytes, Math.ceil(limitMs / 1000));
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    // a pipe that carries a picture's name must not block the open
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = await file.stat();
      if (!stats.isFile()) throw imageError(path, 'is not a file', 'name a picture file');
      checkFileSize(path, stats.size);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw readError(path, cause, 'check the path');
  }
}
