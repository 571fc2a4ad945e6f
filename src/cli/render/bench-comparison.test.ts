import { expect, test } from 'vitest';
import type { RecordedSide } from '../../bench/compare-reports.ts';
import { recordedLines } from './bench-comparison.ts';

function side(report: string, load: number | null, loadAfter: number | null): RecordedSide {
  return {
    report,
    plugin: { path: 'plugin.so', version: '1.0.0' },
    machine: { load, loadAfter, cores: 2 },
    decisions: { pass: 5 },
    medianMs: 1,
    mediansMs: [1, 1, 1, 1, 1],
  } as unknown as RecordedSide;
}

test('a busy machine is named with its load before and after, and nothing is said of an idle one', () => {
  const comparison = { verdict: 'inconclusive', ratio: 1.5, interval: [1.4, 1.6], p: 0.001, unlike: [], sameDecisions: true } as const;
  const shown = (old: RecordedSide, now: RecordedSide): string =>
    recordedLines({ schema: 'bench-recorded-comparison-v1', ...comparison, old, new: now }, false).join('\n');
  const busy = shown(side('before.json', 0.1, 1.2), side('after.json', 0.3, 4.8));
  expect(busy).toContain('inconclusive');
  expect(busy).toContain('the machine of after.json was busy (load 0.3, 4.8 afterwards, on 2 cores)');
  expect(busy).not.toContain('the machine of before.json');
  expect(shown(side('a.json', null, null), side('b.json', 1.3, 2.1))).not.toContain('busy');
});
