import { expect, test } from 'vitest';
import { mergeJson } from './merge-json.ts';

const base = '{\n  "scripts": { "build": "mvas build" },\n  "list": ["a"],\n  "n": 1\n}\n';

test('neighbouring values that lines cannot tell apart are merged, and the formatting stays', () => {
  const mine = '{\n    "scripts": {"build": "mvas build", "mine": "x"},\n    "list": ["a"],   "n": 1\n}\n';
  const next = base.replace('"build": "mvas build"', '"build": "mvas build", "lint": "biome"').replace('"n": 1', '"n": 2');
  const merged = mergeJson(mine, base, next) ?? '';
  expect(JSON.parse(merged)).toEqual({ scripts: { build: 'mvas build', mine: 'x', lint: 'biome' }, list: ['a'], n: 2 });
  expect(merged).toContain('    "list": ["a"],   "n": 2\n}\n');
});

test('lists get what the template added and lose what it took out; the user’s entries stay', () => {
  expect(JSON.parse(mergeJson('["a", "mine", "b"]', '["a", "b"]', '["b", "c"]') ?? '')).toEqual(['mine', 'b', 'c']);
});

test('a value that both changed, a changed entry that was edited, and broken JSON are not merged', () => {
  expect(mergeJson('{"n": 2}', '{"n": 1}', '{"n": 3}')).toBeUndefined();
  expect(mergeJson('{"n": 2}', '{"n": 1}', '{}')).toBeUndefined();
  expect(mergeJson('[{"k": 1, "mine": 1}]', '[{"k": 1}]', '[{"k": 2}]')).toBeUndefined();
  expect(mergeJson('{"n": ', '{"n": 1}', '{"n": 3}')).toBeUndefined();
});
