import { expect, test } from 'vitest';
import { KitError } from '../core/kit-error.ts';
import { describeFailure } from './failure.ts';

test('an error of the user shows code, message and hint, and no stack', () => {
  const error = new KitError('FILE_NOT_FOUND', 'a.png is missing', { hint: 'check the path', cause: new Error('ENOENT') });
  expect(describeFailure(error, false, 'v20')).toEqual({ exit: 2, text: 'FILE_NOT_FOUND: a.png is missing\n  check the path' });
});

test('anything else is a bug of the kit: exit 70 with the stack, the versions and where to report', () => {
  const { exit, text } = describeFailure(new TypeError('x is not a function'), false, 'v20.1.0');
  expect(exit).toBe(70);
  expect(text).toMatch(/TypeError: x is not a function\n\s+at /);
  expect(text).toMatch(/bug in mvas.*report.*node v20\.1\.0/s);
});

test('something thrown that is no Error is told as well', () => {
  expect(describeFailure('boom', false, 'v20')).toMatchObject({ exit: 70, text: expect.stringContaining('boom') });
});

test('colours appear only where they are wanted', () => {
  const error = new KitError('TOOL_MISSING', 'no compiler');
  expect(describeFailure(error, true, 'v20').text).toContain('\u001b[');
  expect(describeFailure(error, false, 'v20').text).not.toContain('\u001b[');
});
