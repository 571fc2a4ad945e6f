// A chart of a report: its data as JSON beside an empty plot that the page's script fills; without scripts the caption says what it shows.
import { Html, html } from '../html.ts';

/** How the values are drawn. */
export type ChartKind = 'points' | 'bars' | 'steps' | 'line';

/** What a chart shows. */
export interface Chart {
  /** Unique on its page. */
  readonly id: string;
  readonly title: string;
  /** What it says, in words: for those who do not see it, too. */
  readonly caption: string;
  readonly kind: ChartKind;
  readonly xLabel: string;
  readonly yLabel: string;
  /** Ascending. */
  readonly x: readonly number[];
  /** There is nothing between whole numbers of x. */
  readonly whole?: boolean;
  readonly series: readonly { readonly label: string; readonly values: readonly (number | null)[] }[];
  /** Values across the chart, such as a limit. */
  readonly marks?: readonly { readonly label: string; readonly value: number; readonly axis: 'x' | 'y' }[];
  /** Axis that may be logarithmic, and whether it is at first. */
  readonly log?: { readonly axis: 'x' | 'y'; readonly on: boolean };
}

/** Renders the frame of a chart with its buttons. */
export function renderChart(chart: Chart): Html {
  const { id, title, caption, log, ...rest } = chart;
  const data = new Html(JSON.stringify({ ...rest, log }).replaceAll('<', '\\u003c'));
  const button = (action: string, text: string, label: string): Html =>
    html`<button type="button" class="button" data-zoom="${action}" aria-label="${label}: ${title}" title="${label}">${text}</button>`;
  return html`<figure class="card chart" id="${id}">
<div class="chart-head"><h3>${title}</h3><div class="zoom" hidden>${log !== undefined && html`<button type="button" class="button" data-zoom="log" aria-pressed="${String(log.on)}">Log scale</button>`}${button('out', '−', 'Zoom out')}${button('in', '+', 'Zoom in')}${button('all', 'All', 'All of it')}</div></div>
<div class="plot" tabindex="0" role="group" aria-roledescription="chart" aria-label="${title}. Plus and minus zoom, arrow keys move, 0 shows everything."></div>
<figcaption class="quiet">${caption}</figcaption>
<script type="application/json">${data}</script>
</figure>`;
}
