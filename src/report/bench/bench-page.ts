// The page of a benchmark: tabs of tiles, charts and tables.
import { type Html, html } from '../html.ts';
import { renderReportPage, type Tone, tones } from '../report-page.ts';
import { benchStyle } from './bench-style.ts';
import { type Chart, renderChart } from './chart.ts';
import { chartScript } from './chart-script.ts';

/** A cell: a text, a figure, or a word with a tone. */
export type Cell = string | { readonly figure: string } | { readonly tone: Tone; readonly text: string };

/** A table. */
export interface ReportTable {
  readonly title: string;
  /** What it says, in a sentence. */
  readonly note?: string;
  readonly columns: readonly { readonly title: string; readonly figures?: boolean }[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A large figure with its name. */
export interface Tile {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
}

/** A part of the page, shown on a tab of its own. */
export interface PagePart {
  readonly id: string;
  readonly title: string;
  readonly tiles: readonly Tile[];
  /** Charts that stand beside each other where there is room share a row. */
  readonly charts: readonly (readonly Chart[])[];
  readonly tables: readonly ReportTable[];
}

/** What the page shows. */
export interface BenchPage {
  /** Name and version of the plugin. */
  readonly title: string;
  readonly verdict: { readonly tone: Tone; readonly text: string };
  readonly lead: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** What did not hold. */
  readonly problems: readonly string[];
  /** What a reader must know to judge the figures. */
  readonly notes: readonly string[];
  readonly parts: readonly PagePart[];
}

/** Renders the page as one HTML document that loads nothing; all data is escaped. */
export function renderBenchPage({ parts, problems, notes, ...head }: BenchPage): string {
  const body = html`${problems.length > 0 && listCard('problems', 'What does not hold', problems)}
${notes.length > 0 && listCard('notes', 'Before you judge', notes)}
${parts.length > 1 && html`<div class="tabs" role="tablist" aria-label="Parts of the benchmark">${parts.map(({ id, title }, at) => html`<button type="button" role="tab" id="tab-${id}" aria-controls="${id}" aria-selected="${String(at === 0)}">${title}</button>`)}</div>`}
${parts.map((part) => renderPart(part, parts.length > 1))}`;
  return renderReportPage({ kind: 'Benchmark', ...head, body, style: benchStyle(), script: chartScript() });
}

function listCard(kind: 'problems' | 'notes', title: string, lines: readonly string[]): Html {
  return html`<section class="card ${kind}"><h2>${title}</h2><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul></section>`;
}

function renderPart({ id, title, tiles, charts, tables }: PagePart, isTab: boolean): Html {
  const content = html`<h2 class="${isTab && 'hidden-label'}">${title}</h2>
${tiles.length > 0 && html`<div class="tiles">${tiles.map(({ label, value, note }) => html`<div class="tile"><span class="quiet">${label}</span><b>${value}</b>${note !== undefined && html`<small class="quiet">${note}</small>`}</div>`)}</div>`}
${charts.map((row) => (row.length === 1 ? row.map(renderChart) : html`<div class="pair">${row.map(renderChart)}</div>`))}
${tables.map(renderTable)}`;
  return isTab
    ? html`<section class="panel" role="tabpanel" id="${id}" aria-labelledby="tab-${id}">${content}</section>`
    : html`<section class="panel">${content}</section>`;
}

function renderTable({ title, note, columns, rows }: ReportTable): Html {
  const heads = columns.map((column) => html`<th scope="col" class="${column.figures && 'number'}">${column.title}</th>`);
  return html`<section class="card"><h2>${title}</h2>${note !== undefined && html`<p class="quiet">${note}</p>`}
<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table><thead><tr>${heads}</tr></thead>
<tbody>${rows.map((cells) => html`<tr>${cells.map(renderCell)}</tr>`)}</tbody></table></div></section>`;
}

function renderCell(cell: Cell): Html {
  if (typeof cell === 'string') return html`<td>${cell}</td>`;
  if ('figure' in cell) return html`<td class="number">${cell.figure}</td>`;
  return html`<td><span class="sign" data-tone="${cell.tone}">${tones[cell.tone]} ${cell.text}</span></td>`;
}
