// C strings: made for plugins, and read from them.
import { alloc, decode, view } from 'koffi';
import type { Pointer } from '../raw-plugin.ts';

const made = new Map<string, Pointer>();
const texts = new Map<Pointer, string>();

/** Address of a NUL-terminated UTF-8 string that lives as long as the process; the same text has one address. */
export function nativeText(text: string): Pointer {
  const known = made.get(text);
  if (known !== undefined) return known;
  const bytes = textBytes(text);
  const address = alloc('uint8_t', bytes.length) as Pointer;
  new Uint8Array(view(address, bytes.length)).set(bytes);
  made.set(text, address);
  texts.set(address, text);
  return address;
}

/** Says what text lies at an address of ours, for the journal. */
export function rememberText(address: Pointer, text: string): void {
  texts.set(address, text);
}

/** The address no longer holds that text. */
export function forgetText(address: Pointer): void {
  texts.delete(address);
}

/** The text at an address that was remembered or made here; undefined for any other. */
export function knownText(address: Pointer): string | undefined {
  return texts.get(address);
}

/** A string as UTF-8 with its NUL, to be lent for one call. */
export function textBytes(text: string): Uint8Array {
  return Buffer.from(`${text}\0`);
}

/** The string at an address, wrong bytes replaced; undefined for NULL. Crashes where the address is not readable. */
export function readText(address: Pointer): string | undefined {
  return address === 0n ? undefined : decode.string(address);
}
