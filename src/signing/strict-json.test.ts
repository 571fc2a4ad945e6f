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

test('only padded standard base64 counts', () => {
  expect(parseBase64('AAE=')).toEqual(Buffer.from([0, 1]));
  for (const text of ['AAE', 'AAF=', 'AA-_', 'AAE=\n', ' AAE=', 'AAE==']) expect(parseBase64(text), text).toBeUndefined();
});
