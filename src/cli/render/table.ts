// Lines up text in columns for the terminal.
import { stripVTControlCharacters } from 'node:util';

/** A column of a table. */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Least width in characters. */
  readonly width?: number;
}

/** The lines of a table: titles, then rows; cells may hold colour codes. */
export function tableLines(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const lines = [columns.map(({ title }) => title), ...rows];
  const fitted = columns.map((column, index) => ({
    ...column,
    width: Math.max(column.width ?? 0, ...lines.map((cells) => width(cells[index] ?? ''))),
  }));
  return lines.map((cells) => tableRow(fitted, cells));
}

/** One line of a table whose columns have their width. */
export function tableRow(columns: readonly Column[], cells: readonly string[]): string {
  return columns
    .map(({ align, width: wanted = 0 }, index) => pad(cells[index] ?? '', wanted, align))
    .join('  ')
    .trimEnd();
}

function pad(cell: string, columns: number, align: Column['align']): string {
  const space = ' '.repeat(Math.max(0, columns - width(cell)));
  return align === 'right' ? space + cell : cell + space;
}

function width(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}
