import { expect, test } from 'vitest';
import { CappedText } from './capped-text.ts';

test('short text is kept as it is, characters cut between two pieces included', () => {
  const text = new CappedText(1000);
  const bytes = Buffer.from('größer als √2\n');
  for (const byte of bytes) text.add(Uint8Array.of(byte));
  expect(text.toString()).toBe('größer als √2\n');
});

test('of long text the beginning and the end are kept and the gap is counted', () => {
  const text = new CappedText(100);
  for (let i = 0; i < 1000; i += 1) text.add(Buffer.from('0123456789'));
  expect(text.toString()).toBe(`${'0123456789'.repeat(5)}\n… 9900 characters left out …\n${'0123456789'.repeat(5)}`);
});
