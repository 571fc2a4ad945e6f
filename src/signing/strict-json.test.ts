import { expect, test } from 'vitest';
import { parseBase64, parseStrictJson } from './strict-json.ts';

test('JSON without repeated keys is read like any JSON', () => {
  const text = '{"a": {"a": [1, {"b": "\\"b\\":"}]}, "c": [{"x": 1}, {"x": 2}], "{": "}"}';
  expect(parseStrictJson(text)).toEqual(JSON.parse(text));
});

test.each([
  '{"a":1,"a":1}',
  '{"a":{"b":1,"c":2,"b":3}}',
  '[{"a":1},{"b":1,"b":2}]',
  '{"a":1,"\\u0061":2}',
  '{"a":[{"x":1}],"b":{"y":"}"},"a":2}',
  '{"__proto__":1,"__proto__":2}',
])('a repeated key is refused: %s', (text) => {
  expect(() => parseStrictJson(text)).toThrow(/stands twice/);
});

test('what nests too deep or has too many parts is refused, and the largest package is far from it', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  expect(parseStrictJson(nested(32))).toEqual(JSON.parse(nested(32)));
  expect(() => parseStrictJson(nested(33))).toThrow(/deeper than 32 levels/);
  const subject = (name: number) => ({ name: `assets/${name}.bin`, digest: { sha256: 'ab'.repeat(32) }, annotations: { size: name } });
  const largest = { subject: Array.from({ length: 4096 }, (_, index) => subject(index)) };
  expect(parseStrictJson(JSON.stringify(largest))).toEqual(largest);
  expect(() => parseStrictJson(JSON.stringify(Array.from({ length: 100_000 }, () => 1)))).toThrow(/more than 100000 parts/);
});

test('bytes must be UTF-8 without a byte order mark', () => {
  expect(parseStrictJson(Buffer.from('{"µ":1}'))).toEqual({ µ: 1 });
  expect(() => parseStrictJson(Buffer.from('\ufeff{}'))).toThrow(SyntaxError);
  expect(() => parseStrictJson(Buffer.from([0x22, 0xff, 0x22]))).toThrow(TypeError);
});

test('only padded standard base64 counts', () => {
  expect(parseBase64('AAE=')).toEqual(Buffer.from([0, 1]));
  for (const text of ['AAE', 'AAF=', 'AA-_', 'AAE=\n', ' AAE=', 'AAE==']) expect(parseBase64(text), text).toBeUndefined();
});
