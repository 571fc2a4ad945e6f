import { expect, test } from 'vitest';
import type { Check } from './check.ts';
import { checks } from './checks/index.ts';
import { joinChecks, planChecks } from './plan-checks.ts';

const idsOf = (some: readonly Check[]) => some.map(({ id }) => id);
const byId = (...ids: string[]) => ids.map((id) => checks.find((check) => check.id === id) as Check);

test('what starts processes, wants nothing readied or measures its process is begun first', () => {
  const some = byId('infer/nominal', 'resources/handles', 'lifecycle/load', 'determinism/processes', 'resources/heap', 'infer/stride');
  const { first, others } = planChecks(some);
  expect(idsOf(first)).toEqual(['resources/heap', 'determinism/processes', 'resources/handles', 'lifecycle/load']);
  expect(idsOf(others)).toEqual(['infer/nominal', 'infer/stride']);
});

test('every check is made once, whatever is put together', () => {
  const { first, others } = planChecks(checks);
  const units = joinChecks(others, () => true);
  expect(idsOf([...first, ...units.flat()]).toSorted()).toEqual(idsOf(checks).toSorted());
  const joined = units.filter((unit) => Array.isArray(unit));
  expect(joined.map((unit) => idsOf(unit).some((id) => id === 'result/boxes'))).toEqual([true, false, false, false]);
  expect(new Set(units.slice(0, joined.length))).toEqual(new Set(joined));
  for (const unit of joined) expect(unit.length).toBeLessThanOrEqual(8);
});

test('those that must not be joined, and one that would be alone, are made by themselves', () => {
  const some = byId('infer/stride', 'result/boxes', 'infer/sizes', 'infer/nominal', 'result/scores');
  const [looking, one, ...rest] = joinChecks(some, ({ id }) => id !== 'infer/sizes');
  expect(idsOf(looking as Check[])).toEqual(['result/boxes', 'result/scores']);
  expect([one, ...rest].map((unit) => (unit as Check).id)).toEqual(['infer/stride', 'infer/sizes', 'infer/nominal']);
  expect(joinChecks(some, () => false)).toEqual(some);
});
