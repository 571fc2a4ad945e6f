// Problems of a schema as people read them.
import { expect, test } from 'vitest';
import { brokenRules, ruleText } from './broken-rules.ts';
import { lazySchema } from './compile-schema.ts';

const check = lazySchema({ type: 'object', additionalProperties: false, properties: { order: { enum: ['RGB', 'BGR'] } } });

test('a rule is told with its place and with what was probably meant', () => {
  expect(check({ order: 'RBG' }).map(ruleText)).toEqual(['/order must be one of RGB, BGR (did you mean RGB?)']);
  expect(check(1).map(ruleText)).toEqual(['/ must be object']);
});

test('of a file that nobody edits nothing is guessed, and the first few rules stand for all', () => {
  expect(brokenRules(check({ ordre: 1 }))).toBe('/ordre is not a known field');
  const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`field${index}`, 0]));
  expect(brokenRules(check(many))).toMatch(/^(\/field\d is not a known field; ){10}and 2 more$/);
  expect(brokenRules(check({}))).toBeUndefined();
});
