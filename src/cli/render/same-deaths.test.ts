import { expect, test } from 'vitest';
import { foldDeaths } from './same-deaths.ts';

const crash = (id: string, call: number, signal = 'SIGSEGV') => ({
  id,
  status: 'crash' as const,
  findings: [{ severity: 'error' as const, message: `the plugin crashed (${signal}) in mvas_infer, call ${call}, 64×48×3 stride 192` }],
});

test('three deaths of a kind are told in full, the others by name, whatever the call', () => {
  const { full, folded } = foldDeaths(['a/a', 'b/b', 'c/c', 'd/d', 'e/e'].map((id, at) => crash(id, at)));
  expect(full.map(({ id }) => id)).toEqual(['a/a', 'b/b', 'c/c']);
  expect(folded).toEqual([{ what: 'the plugin crashed (SIGSEGV) in mvas_infer', ids: ['d/d', 'e/e'] }]);
});

test('other deaths, and failures that are none, are always told', () => {
  const failed = { id: 'x/x', status: 'fail' as const, findings: [{ severity: 'error' as const, message: 'the score is 2' }] };
  const checks = [crash('a/a', 1), failed, crash('b/b', 1), crash('c/c', 1), failed, crash('d/d', 1, 'SIGABRT'), failed, failed];
  expect(foldDeaths(checks)).toEqual({ full: checks, folded: [] });
});
