import { expect, test } from 'vitest';
import { derBoolean, derElement, derElements, derOid, derSmallInteger } from './der.ts';

const bytes = (hex: string) => Buffer.from(hex, 'hex');
const only = (hex: string) => derElement(bytes(hex), bytes(hex)[0] ?? 0);

test('elements are read one after the other', () => {
  expect(derElements(bytes('0101ff020105')).map(({ tag }) => tag)).toEqual([1, 2]);
  expect(derElement(Buffer.concat([bytes('048180'), Buffer.alloc(128)]), 4).content).toHaveLength(128);
});

test.each([
  ['a length that is not the shortest', '04810100'],
  ['a padded length', '0482008000'],
  ['an indefinite length', '30800000'],
  ['a length over the end', '0402ff'],
  ['a cut header', '04'],
  ['a tag of several bytes', '1f8101ff'],
  ['a second element', '0101ff0101ff'],
  ['nothing', ''],
])('%s is refused', (_title, hex) => {
  expect(() => derElement(bytes(hex), bytes(hex)[0] ?? 4)).toThrow();
});

test('values have one encoding', () => {
  expect(derBoolean(only('0101ff'))).toBe(true);
  expect(() => derBoolean(only('010101'))).toThrow();
  expect(derSmallInteger(only('02017f'))).toBe(127);
  expect(() => derSmallInteger(only('020180'))).toThrow();
  expect(derOid(only('06082b06010505070303'))).toBe('1.3.6.1.5.5.7.3.3');
  expect(() => derOid(only('0603802b06'))).toThrow();
  expect(() => derOid(only('06022b86'))).toThrow();
});
