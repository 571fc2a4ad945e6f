import { expect, test } from 'vitest';
import { hostPlatform } from '../core/platform.ts';
import { completeAnswers } from './answers.ts';

const given = { name: 'bottle-cap', appId: 'com.acme.bottle-cap' };

test('what nobody answers is suggested by what was answered', () => {
  expect(completeAnswers(given)).toMatchObject({
    name: 'bottle-cap',
    title: 'Bottle cap',
    author: 'Acme',
    description: expect.stringMatching(/^Bottle cap: /),
    platforms: [hostPlatform()],
  });
});

test('an answer wins over its suggestion', () => {
  expect(completeAnswers({ ...given, title: 'Caps', platforms: 'linux-x64, windows-x64,linux-x64', year: '2024' })).toMatchObject({
    title: 'Caps',
    description: expect.stringMatching(/^Caps: /),
    platforms: ['linux-x64', 'windows-x64'],
    year: 2024,
  });
});

test('every required answer that is missing is named with its flag', () => {
  expect(() => completeAnswers({ name: 'cap' })).toThrow(
    expect.objectContaining({ code: 'ANSWER_MISSING', exit: 2, message: expect.stringContaining('--app-id') }),
  );
});

test('every bad answer is named with its rule', () => {
  const bad = { name: 'Bottle Cap', appId: 'Com.Acme', title: 'say "cap"', platforms: 'linux-x64,amiga', year: 'soon' };
  for (const [key, rule] of [
    ['--name', /--name "Bottle Cap" must be .* lower-case/],
    ['--app-id', /--app-id "Com.Acme" must be lower-case/],
    ['--title', /--title "say "cap"" must be one line/],
    ['--platforms', /--platforms "linux-x64,amiga" must be some of .*linux-x64/],
    ['--year', /--year "soon" must be a year/],
  ] as const)
    expect(() => completeAnswers(bad), key).toThrow(rule);
  expect(() => completeAnswers(bad)).toThrow(expect.objectContaining({ code: 'FLAG_INVALID', exit: 2 }));
});

test('texts that would break out of JSON, C++, CMake or Markdown are refused, other languages are not', () => {
  for (const title of ['a\nb', 'a\\', '$' + '{HOME}', '`rm`', '<b>', '{{name}}', ' ', 'x'.repeat(81)])
    expect(() => completeAnswers({ ...given, title }), title).toThrow(/--title/);
  for (const title of ['Müller & Söhne (Werk 2)', '瓶盖检查', "l'étiquette: 100 %"])
    expect(completeAnswers({ ...given, title }).title).toBe(title);
});
