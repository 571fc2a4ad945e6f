import { expect, test } from 'vitest';
import { mergeText, textOf } from './merge-text.ts';

const base = 'one\ntwo\nthree\nfour\nfive\n';

test('edits at different places are both taken', () => {
  const merged = mergeText(base.replace('one', 'ONE'), base, base.replace('five', 'five\nsix'), 'new');
  expect(merged).toEqual({ text: 'ONE\ntwo\nthree\nfour\nfive\nsix\n', conflicts: 0 });
});

test('the same edit on both sides is one edit', () => {
  const same = base.replace('three', '3');
  expect(mergeText(same, base, same, 'new')).toEqual({ text: same, conflicts: 0 });
});

test('different edits of one line stand between markers, and nothing of either is lost', () => {
  const { text, conflicts } = mergeText(base.replace('three', 'mine'), base, base.replace('three', 'theirs'), 'mvas-kit 9');
  expect(conflicts).toBe(1);
  expect(text).toBe('one\ntwo\n<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> mvas-kit 9\nfour\nfive\n');
});

test('a text with the line ends of Windows keeps them and does not conflict for them', () => {
  const { text, conflicts } = mergeText(base.replace('one', 'ONE').replaceAll('\n', '\r\n'), base, base.replace('five', '5'), 'new');
  expect([text, conflicts]).toEqual(['ONE\r\ntwo\r\nthree\r\nfour\r\n5\r\n', 0]);
});

test('bytes that are no text are never merged by lines', () => {
  for (const bytes of [Buffer.from('a\0b'), Buffer.from([0xff, 0xfe, 0x41]), Buffer.from([0x89, 0x50, 0x4e, 0x47])])
    expect(textOf(bytes)).toBeUndefined();
  expect(textOf(Buffer.from('\uFEFFgrün\n'))).toBe('\uFEFFgrün\n');
});
