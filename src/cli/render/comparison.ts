// What `mvas golden compare` prints: a table of pictures, and under it every difference.
import pc from 'picocolors';
import type { ComparandHead } from '../../golden/comparand.ts';
import type { ComparedImage, ComparisonReport } from '../../golden/compare-sides.ts';
import { lineText } from '../../golden/golden-line.ts';
import { tableLines } from './table.ts';

const columns = [
  { title: 'IMAGE' },
  { title: 'A' },
  { title: 'SCORE', align: 'right' },
  { title: 'B' },
  { title: 'SCORE', align: 'right' },
  { title: 'RESULT' },
] as const;

/** The lines that show a comparison. */
export function comparisonLines({ a, b, images, counts, notCompared }: ComparisonReport, colour: boolean): string[] {
  const paint = pc.createColors(colour);
  const inColour = { same: paint.green, different: paint.red, failed: paint.yellow };
  const side = (one: ComparedImage['a']): string[] => [one?.decision ?? '', one?.anomalyScore.toFixed(4) ?? ''];
  const rows = images.map((one) => [one.image, ...side(one.a), ...side(one.b), inColour[one.status](one.status)]);
  const total = Object.entries(counts).flatMap(([status, count]) => (count > 0 ? [`${count} ${status}`] : []));
  const left = notCompared.length === 0 ? [] : [`not compared, one side has none: ${notCompared.join(', ')}`];
  return [
    `A ${headText(a)}`,
    `B ${headText(b)}`,
    '',
    ...tableLines(columns, rows),
    ...images.flatMap(differences),
    '',
    ...left,
    total.join(', '),
  ];
}

function headText({ file, kind, name, version }: ComparandHead): string {
  return kind === 'model' ? `${file} (ONNX Runtime)` : `${file} (${name} ${version})`;
}

function differences({ image, status, reasons, lines }: ComparedImage): string[] {
  if (status === 'same') return [];
  return ['', `${image}: ${status}`, ...[...reasons, ...lines.filter(({ ok }) => !ok).map(lineText)].map((text) => `  ${text}`)];
}
