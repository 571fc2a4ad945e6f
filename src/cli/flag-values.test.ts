import { expect, test } from 'vitest';
import { keyValue, positiveNumber, wholeNumber } from './flag-values.ts';

test('a whole number is taken only as plain digits and not below the least', () => {
  expect(wholeNumber(1)('12')).toBe(12);
  for (const text of ['0', '-1', '1.5', '1e3', '', ' 1', '0x10', '99999999999999999999'])
    expect(() => wholeNumber(1)(text)).toThrow('whole number');
});

test('a positive number may have a fraction, but is neither zero nor infinite nor empty', () => {
  expect(positiveNumber('0.5')).toBe(0.5);
  for (const text of ['0', '-1', '', 'Infinity', 'NaN', '1e999', 'x']) expect(() => positiveNumber(text)).toThrow('above 0');
});

test('key=value pairs collect, and of a repeated key the last wins', () => {
  const collected = ['threshold=0.7', 'mode=fast', 'mode=exact=1', 'note='].reduce<Record<string, string>>(
    (all, text) => keyValue(text, all),
    {},
  );
  expect(collected).toEqual({ threshold: '0.7', mode: 'exact=1', note: '' });
  expect(() => keyValue('threshold')).toThrow('key=value');
  expect(() => keyValue('=1')).toThrow('key=value');
});
