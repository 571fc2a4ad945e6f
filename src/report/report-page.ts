// The shell that the pages of golden, bench, conformance and their index share: what was tried, how it ended, the facts, the parts.

import { controlScript } from './control-script.ts';
import { controlStyle } from './control-style.ts';
import { type Html, html } from './html.ts';
import { renderPage } from './page.ts';
import { reportStyle } from './report-style.ts';

/** How something ended; `none` is neither good nor bad. */
export type Tone = 'pass' | 'fail' | 'review' | 'error' | 'none';

/** What a report's page shows; every text is escaped. */
export interface ReportPage {
  /** What the page is about: "Golden images". */
  readonly kind: string;
  /** Name and version of the plugin. */
  readonly title: string;
  /** The result in two or three words, with its colour. */
  readonly verdict: { readonly tone: Tone; readonly text: string };
  /** One line of counts under the title. */
  readonly lead: string;
  /** Labelled facts about the run: plugin, model, machine. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** The page itself; its sections are direct children of `main`. */
  readonly body: Html;
  /** Rules and script of this kind of page besides the shared ones; the kit's own text, never data. */
  readonly style?: string;
  readonly script?: string;
}

/** Renders a report as one HTML document that loads nothing. */
export function renderReportPage(page: ReportPage): string {
  const { kind, title, verdict, lead, facts, body, style = '', script = '' } = page;
  return renderPage({
    title: `${title} · ${kind}`,
    style: reportStyle + controlStyle + style,
    script: controlScript + script,
    body: html`<a class="skip" href="#main">Skip to the results</a>
<header class="head">
<div class="top"><p class="kind">${mark} <span>${kind}</span></p><button type="button" class="button" data-do="theme" title="switch between light and dark">◐<span class="hidden-label"> Light or dark</span></button></div>
<div class="heading"><h1>${title}</h1><p class="verdict" data-tone="${verdict.tone}">${tones[verdict.tone]} ${verdict.text}</p></div>
<p class="lead quiet">${lead}</p>
${facts.length > 0 && html`<details class="facts"><summary class="quiet">About this run</summary><dl>${facts.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl></details>`}
</header>
<main id="main">
${body}
</main>`,
  });
}

/** Signs that say a tone without colour. */
export const tones: Readonly<Record<Tone, string>> = { pass: '✓', fail: '✕', review: '?', error: '⚠', none: '•' };

/** The kit's mark: a part under a reticle. */
const mark = html`<svg class="logo" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"><rect x="2" y="2" width="20" height="20" rx="5" fill="none" stroke="currentColor" stroke-width="2"/><circle cx="12" cy="12" r="4.5" fill="none" stroke="currentColor" stroke-width="2"/><path d="M12 4v4M12 16v4M4 12h4M16 12h4" stroke="currentColor" stroke-width="2"/></svg>`;
