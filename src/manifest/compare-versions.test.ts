import { expect, test } from 'vitest';
import { versionStep } from './compare-versions.ts';

test.each([
  ['1.2.3', '1.2.3', 'same'],
  ['1.2.3', '1.2.2', 'lower'],
  ['1.10.0', '1.9.0', 'lower'],
  ['1.2.3', '1.2.4', 'patch'],
  ['1.2.3', '1.10.0', 'minor'],
  ['1.2.3', '2.0.0', 'major'],
  ['0.2.3', '0.3.0', 'major'],
  ['0.2.3', '0.2.4', 'patch'],
  ['2.0.0-beta.1', '2.0.0-beta.2', 'patch'],
])('from %s to %s is %s', (from, to, step) => {
  expect(versionStep(from, to)).toBe(step);
});
