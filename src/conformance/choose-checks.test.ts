import { expect, test } from 'vitest';
import { defineCheck } from './check.ts';
import { checks } from './checks/index.ts';
import { chooseChecks } from './choose-checks.ts';
import { checkSeed, seededRandom } from './random.ts';

const idsOf = (filters: Parameters<typeof chooseChecks>[1]) => chooseChecks(checks, filters).checks.map(({ id }) => id);

test('without filters every check is made but those without an end, which must be named', () => {
  const long = checks.filter(({ isolation }) => isolation === 'long').map(({ id }) => id);
  const chosen = chooseChecks(checks, { env: {} });
  expect(chosen.notChecked.map(({ id }) => id)).toEqual(long);
  expect(chosen.checks).toEqual(checks.filter(({ id }) => !long.includes(id)));
  expect(idsOf({ only: long })).toEqual(long);
});

test('ids and groups choose; what is left out is listed with the flag', () => {
  const info = checks.map(({ id }) => id).filter((id) => id.startsWith('info/'));
  expect(idsOf({ only: ['info', 'infer/stride'] })).toEqual([...info, 'infer/stride']);
  const chosen = chooseChecks(checks, { only: ['info'], skip: ['info/stable'] });
  expect(chosen.checks.map(({ id }) => id)).toEqual(info.filter((id) => id !== 'info/stable'));
  expect(chosen.notChecked).toContainEqual({ id: 'info/stable', reason: 'left out by --skip' });
  expect(chosen.notChecked).toContainEqual({ id: 'infer/stride', reason: 'left out by --only' });
});

test('a name that is no check is refused, and so is leaving out everything', () => {
  expect(() => idsOf({ skip: ['results'] })).toThrow(expect.objectContaining({ code: 'FLAG_INVALID', hint: 'did you mean result?' }));
  expect(() => idsOf({ only: ['info'], skip: ['info'] })).toThrow(expect.objectContaining({ code: 'NOTHING_TESTED', exit: 2 }));
});

test('the data of a check depend on the seed and its id, not on which other checks are made', () => {
  expect(checkSeed(1, 'infer/stride')).toBe(checkSeed(1, 'infer/stride'));
  expect(new Set([checkSeed(1, 'infer/stride'), checkSeed(2, 'infer/stride'), checkSeed(1, 'infer/bounds')]).size).toBe(3);
  expect(seededRandom(7).bytes(64)).toEqual(seededRandom(7).bytes(64));
  expect(seededRandom(7).bytes(64)).not.toEqual(seededRandom(8).bytes(64));
});

test('every id is declared once, with all its texts', () => {
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  for (const { id, title, why, fix, blind } of checks)
    for (const text of [title, why, fix, blind]) expect(text.length, id).toBeGreaterThan(20);
});

test('checks that need processes or variables of their own are listed where a run has none', () => {
  const facts = { title: '', why: '', fix: '', spec: 'abi.md#functions', blind: '', severity: 'error', since: '0.1.0' } as const;
  const plain = defineCheck({ ...facts, id: 'a/plain', isolation: 'child', needs: [], run: () => [] });
  const repeated = defineCheck({
    ...facts,
    id: 'a/twice',
    isolation: 'repeated',
    needs: [],
    variants: [{ name: 'a' }],
    observe: () => 0,
    judge: () => [],
  });
  const locale = defineCheck({ ...facts, id: 'a/locale', isolation: 'child', needs: [], env: { LC_ALL: 'C' }, run: () => [] });
  const left = (filters: Parameters<typeof chooseChecks>[1]) =>
    chooseChecks([plain, repeated, locale], filters).notChecked.map(({ id }) => id);
  expect(left({ env: {} })).toEqual([]);
  expect(left({})).toEqual(['a/locale']);
  expect(left({ env: {}, inProcess: true })).toEqual(['a/twice', 'a/locale']);
});
