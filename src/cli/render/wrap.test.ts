import { expect, test } from 'vitest';
import { hostileText, mixedView } from '../../../test/conformance-view.ts';
import type { ConformanceReport } from '../../conformance/report-schema.ts';
import { conformanceLines } from './conformance.ts';
import { changeLines } from './conformance-changes.ts';
import { wrapText } from './wrap.ts';

const report = mixedView as unknown as ConformanceReport;

test('lines fit the width, hang under the first, and words are never cut', () => {
  const path = `/${'long'.repeat(20)}`;
  const lines = wrapText(`one two three four five six seven ${path} eight`, '  why   ', 40);
  expect(lines).toEqual(['  why   one two three four five six', '        seven', `        ${path}`, '        eight']);
  expect(wrapText('one two', '', undefined)).toEqual(['one two']);
});

test('a report keeps to 80 columns but for commands, and is coloured only where colours are taken', () => {
  const plain = conformanceLines(report, { colour: false, columns: 80 });
  for (const line of plain)
    if (!line.includes('again ') && !line.includes(hostileText.slice(0, 12))) expect(line.length, line).toBeLessThanOrEqual(80);
  expect(plain.join(''), 'no escape of a plugin reaches the terminal').not.toContain('\u001b');
  expect(conformanceLines(report, { colour: true, columns: 80 }).join('')).toContain('\u001b[31m✗');
});

test('of two runs only what differs is told: what broke in full, what was mended and what is as before by name', () => {
  const [first] = mixedView.checks;
  const mended = {
    ...report,
    checks: report.checks.map((check) => (check.id === 'infer/bounds' ? { ...check, ...first, id: check.id } : check)),
  };
  const text = changeLines(report, mended as ConformanceReport, { colour: false }).join('\n');
  expect(text).toContain('✓ mended infer/bounds');
  expect(text).toContain('as before: infer/stride, robustness/hangs, result/scores, errors/message, info/stable');
  expect(text).not.toContain('✗');
  const broken = changeLines(mended as ConformanceReport, report, { colour: false }).join('\n');
  expect(broken).toContain('✗ crash infer/bounds');
  expect(broken).not.toContain('✗ failed infer/stride');
});
