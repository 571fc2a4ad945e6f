// The contact sheet: every inspected image with its verdict on one page, the worst first.
import { contactSheetScript } from './contact-sheet-script.ts';
import { contactSheetStyle } from './contact-sheet-style.ts';
import { type Html, html, linkTo } from './html.ts';
import { renderPage } from './page.ts';

/** One image of the sheet. */
export interface ContactImage {
  /** Its path, shown and searched. */
  readonly name: string;
  /** 'pass', 'review', 'fail', or 'error' where it could not be inspected; anything else is shown as the plugin said it. */
  readonly decision: string;
  /** Why it could not be inspected. */
  readonly message?: string;
  /** Anomaly score. */
  readonly score?: number;
  readonly confidence?: number;
  /** How many boxes were found. */
  readonly boxes?: number;
  /** Time of the inspection in milliseconds. */
  readonly ms?: number;
  /** Small overlay and photograph as data URIs. */
  readonly preview?: string;
  readonly original?: string;
  /** Path of the overlay at full size, relative to the sheet, with `/`. */
  readonly file?: string;
}

/** What a contact sheet shows. */
export interface ContactSheet {
  readonly title: string;
  /** Labelled facts about the run. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly images: readonly ContactImage[];
  /** Colours of the anomaly scale from 0 to 1, when a heat map was drawn with it. */
  readonly scale?: readonly (readonly [red: number, green: number, blue: number])[];
}

const kinds = [
  { kind: 'error', mark: '⚠', label: 'Not inspected' },
  { kind: 'fail', mark: '✕', label: 'Fail' },
  { kind: 'review', mark: '?', label: 'Review' },
  { kind: 'other', mark: '•', label: 'Other' },
  { kind: 'pass', mark: '✓', label: 'Pass' },
] as const;

type Kind = (typeof kinds)[number];

/** Renders the sheet as one HTML document; all data is escaped. */
export function renderContactSheet(sheet: ContactSheet): string {
  const byName = [...sheet.images].sort((a, b) => collator.compare(a.name, b.name));
  const nameRanks = new Map(byName.map((image, index) => [image, index]));
  const cards = [...sheet.images].sort(worstFirst).map((image, rank) => renderCard(image, rank, nameRanks.get(image) ?? rank));
  const body = html`<header>
<h1>${sheet.title}</h1>
<p class="lead quiet">${summary(sheet.images)}</p>
${sheet.facts.length > 0 && html`<details class="facts"><summary class="quiet">About this run</summary><dl>${sheet.facts.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl></details>`}
</header>
${renderBar(sheet)}
<main>
<ul class="cards">
${cards}</ul>
<p class="nothing quiet" hidden>No image matches.</p>
</main>
${viewer}`;
  return renderPage({ title: sheet.title, style: contactSheetStyle, script: contactSheetScript, body });
}

const collator = new Intl.Collator('en', { numeric: true });

function kindOf({ decision }: ContactImage): Kind {
  return kinds.find(({ kind }) => kind === decision) ?? kinds[3];
}

function worstFirst(a: ContactImage, b: ContactImage): number {
  const grade = kinds.indexOf(kindOf(a)) - kinds.indexOf(kindOf(b));
  return grade || (b.score ?? 0) - (a.score ?? 0) || collator.compare(a.name, b.name);
}

function summary(images: readonly ContactImage[]): string {
  const counts = kinds.map(({ kind, label }) => ({ label, count: images.filter((image) => kindOf(image).kind === kind).length }));
  const found = counts.filter(({ count }) => count > 0).map(({ label, count }) => `${count} ${label.toLowerCase()}`);
  return [`${images.length} ${images.length === 1 ? 'image' : 'images'}`, ...found].join(' · ');
}

function renderBar({ images, scale }: ContactSheet): Html {
  const filters = kinds.flatMap(({ kind, mark, label }) => {
    const count = images.filter((image) => kindOf(image).kind === kind).length;
    if (count === 0) return [];
    return html`<label data-decision="${kind}"><input type="radio" name="decision" value="${kind}"><span class="mark">${mark}</span> ${label} <span class="number">${count}</span></label>`;
  });
  const colours = scale?.map((colour) => `rgb(${colour.join(' ')})`).join(', ');
  const legend =
    colours !== undefined &&
    html`<span class="legend" role="img" aria-label="Colours of the anomaly scale from 0 to 1">0<i style="background: linear-gradient(to right, ${colours})"></i>1</span>`;
  return html`<div class="bar"><div>
<fieldset class="filter"><legend class="hidden-label">Show</legend><label><input type="radio" name="decision" value="all" checked>All <span class="number">${images.length}</span></label>${filters}</fieldset>
<div class="tools">${legend}<label><span class="hidden-label">Search names</span><input id="search" type="search" placeholder="Search names"></label><label><span class="hidden-label">Order</span><select id="order"><option value="worst">Worst first</option><option value="name">By name</option></select></label></div>
</div></div>`;
}

function renderCard(image: ContactImage, rank: number, nameRank: number): Html {
  const { kind, mark, label } = kindOf(image);
  const word = kind === 'other' ? image.decision : label;
  const width = Math.min(100, Math.max(0, (image.score ?? 0) * 100)).toFixed(1);
  const score = image.score !== undefined && html`<span class="number">score ${image.score.toFixed(3)}</span>`;
  return html`<li class="card" data-decision="${kind}" data-name="${image.name}" data-rank="${rank}" data-name-rank="${nameRank}">
${renderStage(image)}
<div class="text">
<div class="name">${image.name}</div>
<div class="verdict"><span><span class="mark">${mark} ${word}</span></span>${score}</div>
${image.score !== undefined && html`<div class="score"><i style="width: ${width}%"></i></div>`}
${details(image)}
</div>
</li>
`;
}

function renderStage(image: ContactImage): Html {
  if (image.preview === undefined) return html`<div class="stage" tabindex="0">${image.message ?? 'no picture'}</div>`;
  const link = image.file === undefined ? image.preview : linkTo(image.file);
  return html`<a class="stage" href="${link}" data-full="${image.file !== undefined && link}" data-original="${image.original}"><img loading="lazy" src="${image.preview}" alt="${image.name}: ${image.decision}"></a>`;
}

function details({ confidence, boxes, ms }: ContactImage): Html | undefined {
  const parts = [
    confidence !== undefined && `confidence ${confidence.toFixed(2)}`,
    boxes !== undefined && `${boxes} ${boxes === 1 ? 'box' : 'boxes'}`,
    ms !== undefined && `${ms.toFixed(1)} ms`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? undefined : html`<div class="small quiet number">${parts.map((part) => html`<span>${part}</span>`)}</div>`;
}

const viewer = html`<dialog aria-label="Image at full size">
<div class="caption"><strong></strong><span class="verdict-text"></span><span class="place quiet number"></span>
<div class="buttons"><button type="button" data-do="original" aria-pressed="false" title="key O">Original</button><button type="button" data-do="previous" aria-label="Previous image" title="left arrow key">←</button><button type="button" data-do="next" aria-label="Next image" title="right arrow key">→</button><button type="button" data-do="close" title="Esc key">Close</button></div></div>
<div class="view"><img alt=""></div>
</dialog>`;
