// Samples as CSV, one line an inspection, for spreadsheets and data frames.
import { number, object, text } from '../golden/report-head-schema.ts';
import type { TimedPhase } from './run-timing.ts';

/** Describes one line of the CSV: its columns in order, numbers with a full stop. */
export const sampleSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/bench-sample-v1.json',
  title: 'One inspection of a benchmark, a line of the CSV',
  ...object({
    phase: { enum: ['steady', 'idle', 'takt', 'soak'] },
    image: text,
    number: { type: 'integer', minimum: 0, description: 'of the sample in its phase' },
    at_ms: { ...number, description: 'when the call was made, since the phase began' },
    due_ms: { ...number, description: 'when it should have been made' },
    wall_ms: { ...number, description: 'wall time of mvas_infer' },
    latency_ms: { ...number, description: 'from due to result' },
    own_ms: { ...number, description: "the plugin's own inference_time_ms" },
  }),
} as const;

const columns = Object.keys(sampleSchema.properties);

/** The whole table with a line of titles; lines end as RFC 4180 wants. */
export function sampleTable(image: string, phases: readonly TimedPhase[]): string {
  const lines = phases.flatMap(({ name, taken }) =>
    taken.map(({ at, due, wall, own }, index) =>
      [name, quoted(image), index, ...[at, due, wall, at + wall - due, own].map((value) => Number(value.toFixed(6)))].join(','),
    ),
  );
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

/** A spreadsheet takes a cell that starts with =, +, - or @ for a formula. */
function quoted(value: string): string {
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
