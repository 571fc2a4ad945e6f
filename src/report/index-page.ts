// The page that joins what is known of one plugin: conformance, golden images and benchmark, each a click away.
import { type Html, html, linkTo } from './html.ts';
import { renderReportPage, type Tone, tones } from './report-page.ts';

/** One report; absent figures are left out. */
export interface IndexEntry {
  readonly kind: string;
  /** What it answers, in one sentence. */
  readonly question: string;
  readonly verdict: { readonly tone: Tone; readonly text: string };
  /** File name of its page, beside this one; absent where there is no report yet. */
  readonly file?: string;
  readonly figures: readonly (readonly [label: string, value: string])[];
  /** What is not in order, the worst first; of many only the first are shown. */
  readonly problems?: readonly string[];
  /** What to know before trusting it, or how to get it. */
  readonly note?: string;
}

/** What the page shows. */
export interface IndexPage {
  readonly title: string;
  readonly verdict: { readonly tone: Tone; readonly text: string };
  readonly lead: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly entries: readonly IndexEntry[];
}

/** Renders the page as one HTML document; all data is escaped. */
export function renderIndexPage({ entries, ...page }: IndexPage): string {
  return renderReportPage({
    kind: 'Plugin report',
    ...page,
    body: html`<div class="reports">${entries.map(entryCard)}</div>`,
    style: indexStyle,
  });
}

const shownProblems = 4;

function entryCard({ kind, question, verdict, file, figures, problems = [], note }: IndexEntry): Html {
  const more = problems.length - shownProblems;
  return html`<section class="card report"><h2>${file === undefined ? kind : html`<a href="${linkTo(file)}">${kind}</a>`}</h2>
<p class="quiet">${question}</p>
<p class="sign" data-tone="${verdict.tone}">${tones[verdict.tone]} ${verdict.text}</p>
${problems.length > 0 && html`<ul class="wrong">${problems.slice(0, shownProblems).map((problem) => html`<li>${problem}</li>`)}${more > 0 && html`<li class="quiet">and ${more} more</li>`}</ul>`}
${figures.length > 0 && html`<dl>${figures.map(([label, value]) => html`<dt>${label}</dt><dd class="number">${value}</dd>`)}</dl>`}
${note !== undefined && html`<p class="quiet note">${note}</p>`}</section>
`;
}

const indexStyle = `
.reports { display: grid; grid-template-columns: repeat(auto-fit, minmax(280px, 1fr)); gap: 16px; }
.report { display: flex; flex-direction: column; gap: 8px; position: relative; }
.report p { margin: 0; } .report .sign { font-size: 17px; white-space: normal; }
.report h2 a { text-decoration: underline; text-underline-offset: 3px; text-decoration-color: var(--line); }
.report h2 a::after { content: ""; position: absolute; inset: 0; border-radius: 12px; }
.report:has(a:hover) { border-color: var(--quiet); }
.report dl { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 12px; margin: 4px 0 0; }
.report dt { color: var(--quiet); } .report dd { margin: 0; text-align: right; }
.wrong { margin: 0; padding-left: 18px; overflow-wrap: anywhere; font-size: 14px; }
.note { margin-top: auto; padding-top: 6px; font-size: 14px; }
`;
