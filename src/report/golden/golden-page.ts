// The page of golden images: a list, worst first, and for each image its pictures, its checks and what changed around it.
import { filterBar } from '../filter-bar.ts';
import { type Html, html } from '../html.ts';
import { renderReportPage, tones } from '../report-page.ts';
import { curveSection } from './curve-section.ts';
import { caseArticle } from './golden-case.ts';
import type { GoldenPage, PageCase, PageScales } from './golden-page-types.ts';
import { goldenScript } from './golden-script.ts';
import { goldenStyle } from './golden-style.ts';

const collator = new Intl.Collator('en', { numeric: true });

/** Renders the page as one HTML document; all data is escaped. */
export function renderGoldenPage(page: GoldenPage): string {
  const { kind, title, verdict, facts, statuses, curve } = page;
  const cases = [...page.cases].sort((a, b) => b.badness - a.badness || collator.compare(a.name, b.name));
  const counts = statuses.map((status) => ({ ...status, count: cases.filter((one) => one.status === status.value).length }));
  const lead = [
    `${cases.length} ${cases.length === 1 ? 'image' : 'images'}`,
    ...counts.flatMap(({ label, count }) => (count > 0 ? [`${count} ${label.toLowerCase()}`] : [])),
  ];
  const body = html`<section class="work" data-filtered>
${filterBar('status', cases.length, counts, 'Search images')}
<div class="split">
<nav class="list" aria-label="Images"><ol>${cases.map((one, at) => entry(page, one, at))}</ol><p class="nothing quiet" hidden>No image matches.</p></nav>
<div class="detail" data-view="side" data-source="layers">
${viewer(page, cases)}
<div id="stages" role="tabpanel" aria-label="Pictures and checks" tabindex="-1">${cases.map((one, at) => caseArticle(page, one, at))}</div>
</div>
</div>
</section>
${curve && curveSection(curve)}`;
  return renderReportPage({ kind, title, verdict, lead: lead.join(' · '), facts, body, style: goldenStyle, script: goldenScript });
}

/** One line of the list. */
function entry({ statuses }: GoldenPage, { name, status, actual, pictures }: PageCase, at: number): Html {
  const { tone, label } = statuses.find(({ value }) => value === status) ?? { tone: 'none', label: status };
  return html`<li data-status="${status}" data-name="${name}"><a href="#image-${at}">${pictures ? html`<img src="${pictures.thumbnail}" alt="" loading="lazy">` : html`<span class="blank"></span>`}<span class="name">${name}</span><span class="what"><span class="sign" data-tone="${tone}">${tones[tone]} ${label}</span>${actual?.score !== undefined && html` <span class="quiet number">${actual.score.toFixed(3)}</span>`}</span></a></li>`;
}

/** The controls over the pictures; the view stays when another image is chosen. */
function viewer({ sides, scales }: GoldenPage, cases: readonly PageCase[]): Html | false {
  if (!cases.some(({ pictures }) => pictures !== undefined)) return false;
  const [expected, actual] = sides;
  const views = [
    ['expected', expected],
    ['actual', actual],
    ['difference', 'Difference'],
    ['side', 'Side by side'],
    ['slider', 'Slider'],
    ['blink', 'Blink'],
  ] as const;
  const own = cases.some(({ pictures }) => pictures?.expected?.visualization ?? pictures?.actual?.visualization);
  return html`<div class="viewer">
<div class="tabs" role="tablist" aria-label="View">${views.map(([value, label]) => html`<button type="button" role="tab" id="tab-${value}" aria-controls="stages" aria-selected="${value === 'side' ? 'true' : 'false'}" data-value="${value}">${label}</button>`)}</div>
<div class="tools">
${own && html`<button type="button" class="button" data-do="source" aria-pressed="false" title="key V">Plugin’s picture</button>`}
<button type="button" class="button" data-do="layers" aria-pressed="true" title="key L">Layers</button>
<span class="zoom"><button type="button" class="button" data-do="out" aria-label="Smaller" title="key −">−</button><button type="button" class="button" data-do="fit" title="key 0">Fit</button><button type="button" class="button" data-do="in" aria-label="Larger" title="key +">+</button></span>
<button type="button" class="button" data-do="pause" aria-pressed="false" hidden>Pause</button>
</div>
${legends(scales)}
</div>`;
}

function legends({ heat, less, more, floor }: PageScales): Html {
  return html`<div class="legends quiet number">
<span class="legend heat-legend" role="img" aria-label="Colours of the anomaly map from 0 to 1">anomaly 0<i style="background: linear-gradient(to right, ${heat.join(', ')})"></i>1</span>
<span class="legend signed-legend" role="img" aria-label="Colours of the difference from minus 1 over ${floor} to plus 1, logarithmic">difference −1<i style="background: linear-gradient(to right, ${less[1]}, ${less[0]})"></i>±${floor}<i style="background: linear-gradient(to right, ${more[0]}, ${more[1]})"></i>+1</span>
</div>`;
}
