import { expect, test } from 'vitest';
import { goodView, hostileText, mixedView } from '../../../test/conformance-view.ts';
import { renderMarkdown } from './markdown.ts';

test('what made the verdict bad comes first and in full, the rest is folded away', () => {
  const text = renderMarkdown(mixedView);
  const titles = [...text.matchAll(/^### . ?`([^`]+)` (.*?):/gmu)].map(([, id, word]) => `${id} ${word}`);
  expect(titles).toEqual([
    'infer/stride failed',
    'infer/bounds crashed',
    'robustness/hangs hung',
    'result/scores fault of the kit',
    'errors/message warned',
    'info/stable skipped',
  ]);
  expect(text.split('\n')[0]).toBe('## ❌ `bin/linux-x64/größe #1.so` does not conform');
  expect(text).toContain("```sh\nmvas conform 'a b.so' --seed 7\n```");
  expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
});

test('a good report is short, and still says what nobody checked', () => {
  const text = renderMarkdown(goodView);
  expect(text).toContain('✅');
  expect(text).not.toContain('###');
  expect(text).toContain('Whether the verdicts are right');
});

test('the words of a plugin are no markup', () => {
  const line = renderMarkdown(mixedView)
    .split('\n')
    .find((text) => text.includes('onerror'));
  expect(line).not.toMatch(/[^\\][[\]*`]|<(?!$)/);
  expect(line).toContain('&lt;img');
  expect(hostileText).toContain('<img');
});

test('a plugin that says too much is cut', () => {
  const findings = Array.from({ length: 50 }, () => ({ message: 'x'.repeat(100_000), severity: 'error' as const }));
  const checks = mixedView.checks.map((check) => (check.kind === 'failed' ? { ...check, findings } : check));
  expect(renderMarkdown({ ...mixedView, checks }).length).toBeLessThan(40_000);
});
