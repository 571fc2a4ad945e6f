// Arguments of a call in the words of the journal, without touching memory that may not be ours.
import type { Pointer, PointerLike } from '../raw-plugin.ts';
import { knownStruct } from './native-struct.ts';
import { knownText } from './native-text.ts';

/** "NULL", "0x7f…" or "1024 bytes". */
export function describePointer(value: PointerLike): string {
  if (value === null || value === 0n) return 'NULL';
  return typeof value === 'bigint' ? `0x${value.toString(16)}` : `${value.length} bytes`;
}

/** A string argument, quoted and shortened. */
export function describeText(value: PointerLike | string): string {
  const text = typeof value === 'bigint' ? knownText(value) : value;
  if (typeof text !== 'string') return describePointer(value as PointerLike);
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}

/** "640×480×1 stride 704, format GRAY" for an image of ours, else its address. */
export function describeImage(value: PointerLike): string {
  const image = typeof value === 'bigint' ? knownStruct('MVASImage', value) : undefined;
  if (image === undefined) return `image ${describePointer(value)}`;
  const size = `${image.get('width')}×${image.get('height')}×${image.get('channels')} stride ${image.get('stride')}`;
  return `${size}, format ${describeFormat(image.get('format'))}${image.get('data') === 0n ? ', data NULL' : ''}`;
}

/** ", result NULL" where that is so. */
export function describeResult(value: PointerLike): string {
  return value === null || value === 0n ? ', result NULL' : '';
}

function describeFormat(address: Pointer): string {
  return address === 0n ? 'NULL' : (knownText(address) ?? describePointer(address));
}
