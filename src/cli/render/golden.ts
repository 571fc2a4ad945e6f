// What `mvas golden` prints: a table of images, and under it every line that did not hold.
import pc from 'picocolors';
import { lineText } from '../../golden/golden-line.ts';
import type { GoldenCase, GoldenReport } from '../../golden/golden-report.ts';
import type { RecordReport } from '../../golden/record-golden.ts';
import { tableLines } from './table.ts';

const columns = [{ title: 'IMAGE' }, { title: 'DECISION' }, { title: 'SCORE', align: 'right' }, { title: 'RESULT' }] as const;

/** The lines that show a report. */
export function goldenLines({ images, counts }: GoldenReport, colour: boolean): string[] {
  const paint = pc.createColors(colour);
  const inColour = { passed: paint.green, failed: paint.red, stale: paint.yellow, missing: paint.yellow };
  const rows = images.map(({ image, decision, anomalyScore, status }) => [
    image,
    decision ?? '',
    anomalyScore?.toFixed(4) ?? '',
    inColour[status](status),
  ]);
  const total = Object.entries(counts).flatMap(([status, count]) => (count > 0 ? [`${count} ${status}`] : []));
  return [...tableLines(columns, rows), ...images.flatMap(problemLines), '', total.join(', ')];
}

function problemLines({ image, status, reasons, lines }: GoldenCase): string[] {
  if (status === 'passed') return [];
  const broken = lines.filter(({ ok }) => !ok).map(lineText);
  return ['', `${image}: ${status}`, ...[...reasons, ...broken].map((text) => `  ${text}`)];
}

/** The lines that show what was recorded. */
export function recordLines({ recorded, kept, expectedResults }: RecordReport): string[] {
  if (recorded.length === 0) return [`nothing to record: all ${kept.length} reference(s) are met`];
  const rows = recorded.map(({ image, decision, replaced }) => [image, decision, replaced ? 'replaced' : 'new']);
  const warnings = recorded.flatMap(({ image, warning }) => (warning === undefined ? [] : [`warning: ${image}: ${warning}`]));
  const table = tableLines([{ title: 'IMAGE' }, { title: 'DECISION' }, { title: 'REFERENCE' }], rows);
  return [...table, '', ...warnings, `${recorded.length} recorded, ${kept.length} kept in ${expectedResults}`];
}
