// One image of the page: its pictures as layers, its checks, and what changed around it.
import { type Html, html } from '../html.ts';
import { tones } from '../report-page.ts';
import type { GoldenPage, PageBox, PageCase, PagePictures, PageSide } from './golden-page-types.ts';

/** Renders an image; without scripts every image is shown, one under the other. */
export function caseArticle(page: GoldenPage, one: PageCase, at: number): Html {
  const { name, status, reasons, pictures, environment } = one;
  const { tone, label } = page.statuses.find(({ value }) => value === status) ?? { tone: 'none', label: status };
  return html`<article class="case" id="image-${at}"${one.checks.every(({ ok }) => ok) && html` data-holds`} aria-labelledby="name-${at}">
<header><h2 id="name-${at}">${name}</h2> <span class="sign" data-tone="${tone}">${tones[tone]} ${label}</span><p class="verdicts quiet number">${verdicts(page, one)}</p></header>
${reasons.length > 0 && html`<ul class="reasons">${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`}
${pictures ? stage(page, pictures, name) : html`<p class="quiet">There is no picture to show.</p>`}
${checksTable(one, at)}
${environment.length > 0 && environmentTable(environment)}
</article>
`;
}

function verdicts({ sides }: GoldenPage, { expected, actual }: PageCase): string {
  const text = (side: string, verdict: PageCase['actual']): string[] => {
    if (verdict === undefined) return [];
    const score = verdict.score === undefined ? '' : `, score ${verdict.score.toFixed(4)}`;
    return [`${side}: ${verdict.decision}${score}`];
  };
  return [...text(sides[0], expected), ...text(sides[1], actual)].join(' · ');
}

/** The photograph with the layers of both sides and of their difference; CSS shows what the view wants. */
function stage({ sides }: GoldenPage, pictures: PagePictures, name: string): Html {
  const { width, height, photograph, expected, actual, difference } = pictures;
  const [first, second] = sides;
  return html`<div class="stages" style="--ratio: ${(width / height).toFixed(5)}">
<figure class="stage" tabindex="0" aria-label="${name}"><div class="canvas" style="aspect-ratio: ${width} / ${height}">
<img class="photograph" src="${photograph}" alt="${name}" loading="lazy">
${expected && layers('expected', expected, pictures)}
${actual && layers('actual', actual, pictures)}
<div class="layer difference">${difference.heat && html`<img class="heat" src="${difference.heat}" alt="">`}${difference.visualization && html`<img class="own" src="${difference.visualization}" alt="">`}${boxesOf(unequal(expected), pictures)}${boxesOf(unequal(actual), pictures, 'found')}</div>
<span class="handle" aria-hidden="true"></span>
</div><input class="cut" type="range" min="0" max="100" value="50" aria-label="Share of ${first} shown"><figcaption><span class="says-expected">${first}</span><span class="says-actual">${second}</span><span class="says-difference">Difference</span></figcaption></figure>
</div>`;
}

function layers(side: 'expected' | 'actual', { heat, boxes, visualization }: PageSide, pictures: PagePictures): Html {
  return html`<div class="layer ${side}">${heat && html`<img class="heat" src="${heat}" alt="">`}${boxesOf(boxes, pictures, side === 'actual' ? 'found' : 'wanted')}${visualization && html`<img class="own" src="${visualization}" alt="">`}</div>`;
}

/** Boxes of a side that have no equal on the other. */
function unequal(side: PageSide | undefined): PageBox[] {
  return (side?.boxes ?? []).filter(({ kind }) => kind !== 'same');
}

function boxesOf(boxes: readonly PageBox[], { width, height }: PagePictures, side = 'wanted'): Html | false {
  if (boxes.length === 0) return false;
  return html`<svg class="boxes ${side}" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none">${boxes.map(({ x1, y1, x2, y2, text, kind }) => html`<rect class="${kind}" x="${x1}" y="${y1}" width="${Math.max(0, x2 - x1)}" height="${Math.max(0, y2 - y1)}"><title>${kind}: ${text}</title></rect>`)}</svg>`;
}

function checksTable({ checks, name }: PageCase, at: number): Html | false {
  if (checks.length === 0) return false;
  const broken = checks.filter(({ ok }) => !ok).length;
  return html`<section class="checks"><h3 id="checks-${at}">Checks <span class="quiet">${broken === 0 ? `all ${checks.length} hold` : `${broken} of ${checks.length} do not hold`}</span></h3>
<div class="scroll" tabindex="0" role="region" aria-label="Checks of ${name}"><table aria-labelledby="checks-${at}"><thead><tr><th scope="col">Output</th><th scope="col">Check</th><th scope="col" class="number">Value</th><th scope="col" class="number">Limit</th><th scope="col">Set by</th></tr></thead>
<tbody>${[...checks]
    .sort((a, b) => Number(a.ok) - Number(b.ok))
    .map(
      ({ output, rule, value, limit, origin, ok, note }) =>
        html`<tr><th scope="row"><span class="sign" data-tone="${ok ? 'pass' : 'fail'}">${ok ? '✓' : '✕'}<span class="hidden-label"> ${ok ? 'holds' : 'does not hold'}</span></span> ${output}</th><td>${rule.replace(/:$/, '')}${note !== undefined && html`<div class="quiet small">${note}</div>`}</td><td class="number">${value}</td><td class="number">${limit}</td><td>${origin}</td></tr>`,
    )}</tbody></table></div></section>`;
}

function environmentTable(rows: PageCase['environment']): Html {
  return html`<details class="environment"><summary>What is different around it</summary><div class="scroll" tabindex="0" role="region" aria-label="What is different around it"><table><thead><tr><th scope="col">What</th><th scope="col">When it was recorded</th><th scope="col">Now</th></tr></thead><tbody>${rows.map(([label, reference, now]) => html`<tr><th scope="row">${label}</th><td><code>${reference}</code></td><td><code>${now}</code></td></tr>`)}</tbody></table></div></details>`;
}
