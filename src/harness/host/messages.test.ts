import { expect, test } from 'vitest';
import { decodeEntry, encodeEntry } from './messages.ts';
import { journalBytes } from './shared-file.ts';

function page(...entries: Parameters<typeof encodeEntry>[0][]): Uint8Array {
  const bytes = new Uint8Array(journalBytes);
  for (const entry of entries) bytes.set(encodeEntry(entry));
  return bytes;
}

test('the last journal entry is read back, whatever longer one was there before', () => {
  const long = { number: 1, function: 'mvas_init', arguments: `model "${'ü'.repeat(5000)}"`, phase: 'inside' } as const;
  const short = { number: 2, function: 'mvas_infer', arguments: '640×480×3', phase: 'reading' } as const;
  expect(decodeEntry(page(long, short))).toEqual(short);
  expect(decodeEntry(page(long))?.arguments).toHaveLength(600);
});

test('a page without an entry gives none', () => {
  expect(decodeEntry(page())).toBeUndefined();
});
