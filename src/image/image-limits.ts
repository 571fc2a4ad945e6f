// How large a picture may be, judged from its header before anything is decoded.
import { KitError } from '../core/kit-error.ts';

/** The largest machine vision cameras of today have 151 million pixels. */
const maxPixels = 160_000_000;

/** Largest file that is read: an uncompressed 16 bit RGB picture of that many pixels. */
const maxFileBytes = 6 * maxPixels + 1024 * 1024;

/** The error for a picture that cannot be decoded or used. */
export function imageError(
  path: string,
  rule: string,
  hint = 'save the picture again as an 8 bit PNG, or leave it out',
  cause?: unknown,
): KitError {
  return new KitError('IMAGE_INVALID', `${path} ${rule}`, { hint, cause });
}

/** Refuses sizes that are empty or would need unreasonable memory. */
export function checkSize(path: string, width: number, height: number): void {
  if (!(width >= 1 && height >= 1)) throw imageError(path, `says it is ${width}×${height} pixels`);
  if (width * height <= maxPixels) return;
  throw imageError(path, `is ${width}×${height} pixels, more than ${maxPixels / 1e6} million are not decoded`, 'crop or scale the picture');
}

/** Refuses files that no picture within the limits needs. */
export function checkFileSize(path: string, bytes: number): void {
  if (bytes === 0) throw imageError(path, 'is empty');
  if (bytes > maxFileBytes) throw imageError(path, `has ${bytes} bytes, more than ${maxFileBytes} are not read as a picture`);
}
