import { expect, test } from 'vitest';
import type { BaselineEntry } from './baseline.ts';
import { checks } from './checks/index.ts';
import { skip } from './finding.ts';
import { classOf, isGood, judge, type Outcome, type Rules } from './judge.ts';
import type { ProfileName } from './profiles.ts';

const [stride, message, hangs] = ['infer/stride', 'errors/message', 'robustness/hangs'].map((id) => {
  const check = checks.find((one) => one.id === id);
  if (check === undefined) throw new Error(`no check ${id}`);
  return check;
}) as [(typeof checks)[0], (typeof checks)[0], (typeof checks)[0]];
const crash: Outcome = { death: 'crash', message: 'the plugin crashed (SIGSEGV) in mvas_infer' };

function under(profile: ProfileName, check: (typeof checks)[0], outcome: Outcome, baseline: BaselineEntry[] = []) {
  const rules: Rules = { profile, baseline, today: '2026-05-01' };
  const judged = { id: check.id, title: check.title, severity: check.severity, durationMs: 0, ...judge(check, outcome, rules) };
  return { ...judged, kind: classOf(judged), good: isGood(judged, profile) };
}

test('an error fails in standard and strict; in basic it warns but in what breaks hosts', () => {
  const found: Outcome = [{ message: 'sheared' }];
  expect(under('standard', stride, found)).toMatchObject({ status: 'fail', good: false });
  expect(under('strict', stride, found)).toMatchObject({ status: 'fail', good: false });
  expect(under('basic', stride, found)).toMatchObject({ status: 'warn', good: true });
  expect(under('basic', hangs, found)).toMatchObject({ status: 'fail', good: false });
});

test('a warning stays a warning in every profile and is bad in strict alone; information passes', () => {
  const found: Outcome = [{ message: 'all alike', severity: 'warning' }];
  expect(under('standard', message, found)).toMatchObject({ status: 'warn', good: true });
  expect(under('strict', message, found)).toMatchObject({ status: 'warn', good: false });
  expect(under('strict', message, [{ message: 'known', severity: 'info' }])).toMatchObject({ status: 'pass', good: true });
});

test('a death keeps its name and counts as failed, in basic as warned outside what breaks hosts', () => {
  expect(under('standard', stride, crash)).toMatchObject({ status: 'crash', kind: 'failed', good: false });
  expect(under('basic', stride, crash)).toMatchObject({ status: 'crash', kind: 'warned', good: true });
  expect(under('basic', hangs, crash)).toMatchObject({ status: 'crash', kind: 'failed', good: false });
});

test('a fault of the kit is never good and never excused', () => {
  const entry = { id: 'infer/stride', match: 'TypeError', reason: 'never mind' };
  expect(under('basic', stride, { broken: 'TypeError: x' }, [entry])).toMatchObject({
    status: 'broken-check',
    kind: 'failed',
    good: false,
  });
});

test('a function that is optional and absent is a good skip, a rule that was out of reach is not', () => {
  expect(under('strict', stride, skip('optional-function-absent', 'mvas_warmup is not exported'))).toMatchObject({
    status: 'skip',
    good: true,
  });
  expect(under('basic', stride, skip('not-reached', 'mvas_init returned −1'))).toMatchObject({ status: 'skip', good: false });
});

test('a known problem is excused by its words, whatever it is, and only there', () => {
  const entry = { id: 'infer/stride', match: 'SIGSEGV', reason: 'vendor library, mended in 2.1' };
  const excused = under('strict', stride, crash, [entry]);
  expect(excused).toMatchObject({ status: 'pass', good: true });
  expect(excused.findings[0]?.message).toContain('(known: vendor library, mended in 2.1)');
  expect(under('strict', hangs, crash, [entry])).toMatchObject({ status: 'crash', good: false });
  const two: Outcome = [{ message: 'SIGSEGV here' }, { message: 'something else' }];
  expect(under('standard', stride, two, [entry])).toMatchObject({ status: 'fail', good: false });
  const hidden = skip('not-reached', 'mvas_init: SIGSEGV');
  expect(under('strict', stride, hidden, [entry])).toMatchObject({ status: 'skip', good: true });
});

test('an entry that no longer fails, or whose day has passed, is an error', () => {
  const entry = { id: 'infer/stride', match: 'sheared', reason: 'packed rows only' };
  expect(under('basic', stride, [], [entry])).toMatchObject({ status: 'fail', good: false });
  const expired = { ...entry, expires: '2026-04-30' };
  expect(under('standard', stride, [{ message: 'sheared' }], [expired]).findings.map((finding) => finding.message)).toEqual([
    'sheared',
    'the baseline\'s entry "sheared" expired on 2026-04-30',
  ]);
  expect(under('standard', stride, [{ message: 'sheared' }], [{ ...entry, expires: '2026-05-01' }])).toMatchObject({ status: 'pass' });
});
