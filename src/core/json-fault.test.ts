import { expect, test } from 'vitest';
import { findJsonFault, jsonFault } from './json-fault.ts';
import { mulberry32 } from './mulberry32.ts';

function thrownBy(text: string): unknown {
  try {
    JSON.parse(text);
  } catch (error) {
    return error;
  }
  return undefined;
}

test.each([
  ['{\n  "app" {\n  }\n}', 'line 2, column 9: expected a colon, found {'],
  ['{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3: expected a comma or }, found "b"'],
  ['[1 2]', 'line 1, column 4: expected a comma or ], found 2'],
  ['{"a": 1,\r\n}', 'line 2, column 1: the comma before } is one too many'],
  ['[1,]', 'line 1, column 4: the comma before ] is one too many'],
  ['{"a": ]}', 'line 1, column 7: expected a value, found ]'],
  ['{"a": [1, 2}', 'line 1, column 12: expected a comma or ], found }'],
  ['{,}', 'line 1, column 2: expected a key or }, found ,'],
  ['{"a": 1}\r}', 'line 2, column 1: expected the end, found }'],
  ['{\n', 'line 2, column 1: it ends where a key or } is expected'],
  [' \n', 'line 2, column 1: it is empty'],
  ['{\n// why\n"a": 1}', 'line 2, column 1: JSON has no comments'],
  ['{"a": 1} # end', 'line 1, column 10: JSON has no comments'],
  ["{'a': 1}", 'line 1, column 2: texts stand in double quotes'],
  ['{a: 1}', 'line 1, column 2: a is a key without its double quotes'],
  ['{"a": True}', 'line 1, column 7: True is no value of JSON: a text stands in double quotes'],
  ['{"a": 01}', 'line 1, column 7: 01 is no number as JSON writes them'],
  ['[.5]', 'line 1, column 2: .5 is no number as JSON writes them'],
  ['[-]', 'line 1, column 2: - is no value of JSON: a text stands in double quotes'],
  ['{"a": "b\n}', 'line 1, column 7: this text has no closing quote in its line'],
  ['"a\tb"', 'line 1, column 3: a control character in a text is written \\t'],
  ['{"p": "C:\\models"}', 'line 1, column 10: \\m is no escape of JSON; a backslash is written \\\\'],
  ['["\\u12G4"]', 'line 1, column 3: \\u is no escape of JSON; a backslash is written \\\\'],
  ['{"a": 1 😀', 'line 1, column 9: expected a comma or }, found 😀'],
  [`{"a": ${'x'.repeat(50)}}`, `line 1, column 7: ${'x'.repeat(30)}… is no value of JSON: a text stands in double quotes`],
])('%j', (text, said) => {
  expect(thrownBy(text)).toBeInstanceOf(SyntaxError);
  expect(jsonFault(text, thrownBy(text))).toBe(`is not valid JSON: ${said}`);
});

test('a text that is JSON has no fault; whoever wants more of it says so in words of his own', () => {
  const text = '\t{"a": [1, -0.5e+3, true, null, {}, [], "\\u00e9\\"/\\\\"], "": "ü😀"}\r\n';
  expect(findJsonFault(text)).toBeUndefined();
  expect(jsonFault(text, new SyntaxError('the key "a"\nstands twice'))).toBe('is not valid JSON: the key "a" stands twice');
});

test('long texts and deep nesting take no stack', () => {
  expect(findJsonFault(`"${'x'.repeat(5_000_000)}\\n${'y'.repeat(5_000_000)}"`)).toBeUndefined();
  expect(findJsonFault('['.repeat(1_000_000))).toEqual({ offset: 1_000_000, what: 'it ends where a value or ] is expected' });
});

test('it finds a fault exactly where JSON.parse refuses, and none behind the place that JSON.parse names', () => {
  const random = mulberry32(7);
  const pick = (from: string) => from[random() % from.length] ?? '';
  const whole = '{"a b": [1, -2.5e-7, "x\\n\\u00e9", true], "c": {"d": null, "e": []}, "f": "", "g": {}}\n';
  let refused = 0;
  for (let round = 0; round < 20_000; round += 1) {
    const at = random() % whole.length;
    const text = whole.slice(0, at) + pick('{}[]:,"\\ 0-.etx\n\u0001é') + whole.slice(at + (random() % 3));
    const thrown = thrownBy(text);
    const fault = findJsonFault(text);
    expect(fault === undefined, text).toBe(thrown === undefined);
    if (fault === undefined) continue;
    refused += 1;
    const named = / at position (\d+)/.exec((thrown as Error).message)?.[1];
    if (named !== undefined) expect(fault.offset, text).toBeLessThanOrEqual(Number(named));
  }
  expect(refused).toBeGreaterThan(5000);
});
