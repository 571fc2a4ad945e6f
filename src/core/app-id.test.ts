import { expect, test } from 'vitest';
import { appIdProblem } from './app-id.ts';

test('an app id is lower-case segments joined by dots or hyphens', () => {
  for (const id of ['com.acme.bottle-cap', 'a', '3m.tape.v2', 'com.acme']) expect(appIdProblem(id), id).toBeUndefined();
  for (const id of ['', 'Com.acme', 'com..acme', '.com', 'com.', 'com acme', 'com_acme', 'com.acme-', '../x', 'com.ümlaut'])
    expect(appIdProblem(id), id).toMatch(/lower-case letters and digits/);
});

test('an app id is at most 100 characters long', () => {
  expect(appIdProblem('a'.repeat(100))).toBeUndefined();
  expect(appIdProblem('a'.repeat(101))).toMatch(/longer than 100/);
});

test('an app id has no segment that Windows reserves for a device', () => {
  expect(appIdProblem('com.acme.aux')).toMatch(/"aux"/);
  expect(appIdProblem('com1.acme')).toMatch(/"com1"/);
  expect(appIdProblem('com.acme.auxiliary')).toBeUndefined();
});
