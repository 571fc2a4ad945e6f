// Lines up rows of text in columns for the terminal.
import { stripVTControlCharacters } from 'node:util';

/** A column of a table. */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** The lines of a table: titles, then rows; cells may hold colour codes. */
export function tableLines(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const lines = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, index) => Math.max(...lines.map((cells) => width(cells[index] ?? ''))));
  return lines.map((cells) =>
    columns
      .map(({ align }, index) => pad(cells[index] ?? '', widths[index] ?? 0, align))
      .join('  ')
      .trimEnd(),
  );
}

function pad(cell: string, columns: number, align: Column['align']): string {
  const space = ' '.repeat(Math.max(0, columns - width(cell)));
  return align === 'right' ? space + cell : cell + space;
}

function width(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}
