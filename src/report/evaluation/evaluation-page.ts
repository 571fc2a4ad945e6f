// The page of an evaluation: figures, a threshold to move, curves, decisions by label, and every picture, the worst first.
import { filterBar } from '../filter-bar.ts';
import { curveSection } from '../golden/curve-section.ts';
import { type Html, html } from '../html.ts';
import { renderReportPage, tones } from '../report-page.ts';
import type { EvaluationPage, EvaluationPart } from './evaluation-page-types.ts';
import { evaluationScript } from './evaluation-script.ts';
import { evaluationStyle } from './evaluation-style.ts';
import { thresholdSection } from './threshold-section.ts';

const collator = new Intl.Collator('en', { numeric: true });

/** What a threshold makes of a part, in the order of the filter. */
const outcomes = [
  { value: 'missed', label: 'Missed', tone: 'fail' },
  { value: 'rejected', label: 'Rejected wrongly', tone: 'review' },
  { value: 'found', label: 'Found', tone: 'pass' },
  { value: 'passed', label: 'Passed', tone: 'pass' },
] as const;

type Outcome = (typeof outcomes)[number];

/** Renders the page as one HTML document; all data is escaped. */
export function renderEvaluationPage(page: EvaluationPage): string {
  const { problems, notes, tiles, curve, parts, atThreshold, ...head } = page;
  const body = html`${problems.length > 0 && listCard('problems', 'What could not be inspected', problems)}
${notes.length > 0 && listCard('notes', 'Before you judge', notes)}
<div class="tiles">${tiles.map(({ label, value, note }) => html`<div class="tile"><span class="quiet">${label}</span><b class="number">${value}</b>${note !== undefined && html`<small class="quiet number">${note}</small>`}</div>`)}</div>
${thresholdSection(page)}
${curveSection(curve)}
${labelTable(page)}
${partsSection(parts, atThreshold.threshold)}`;
  return renderReportPage({ kind: 'Evaluation', ...head, body, style: evaluationStyle, script: evaluationScript });
}

function listCard(kind: 'problems' | 'notes', title: string, lines: readonly string[]): Html {
  return html`<section class="card ${kind}"><h2>${title}</h2><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul></section>`;
}

function labelTable({ labels, decisions }: EvaluationPage): Html {
  const heads = ['Parts', ...decisions].map((title) => html`<th scope="col" class="number">${title}</th>`);
  return html`<section class="card"><h2>What the plugin decided</h2>
<div class="scroll" tabindex="0" role="region" aria-label="What the plugin decided"><table><thead><tr><th scope="col">Label</th><th scope="col">Is</th>${heads}</tr></thead>
<tbody>${labels.map(({ label, defect, counts }) => html`<tr><th scope="row">${label}</th><td>${defect ? 'defective' : 'good'}</td><td class="number">${counts.reduce((sum, count) => sum + count, 0)}</td>${counts.map((count) => html`<td class="number">${count}</td>`)}</tr>`)}</tbody></table></div></section>`;
}

function outcomeOf({ defect, score }: EvaluationPart, threshold: number): Outcome {
  const over = score >= threshold;
  return outcomes[defect ? (over ? 2 : 0) : over ? 1 : 3];
}

function partsSection(parts: readonly EvaluationPart[], threshold: number): Html {
  const judged = parts.map((part) => ({ part, outcome: outcomeOf(part, threshold) }));
  const isWrong = ({ outcome }: (typeof judged)[number]): boolean => outcome.tone !== 'pass';
  // wrong ones first, the farthest from the threshold before; then right ones, the nearest to it before
  const distance = ({ part }: (typeof judged)[number]): number => Math.abs(part.score - threshold);
  judged.sort(
    (a, b) =>
      Number(isWrong(b)) - Number(isWrong(a)) ||
      (isWrong(a) ? distance(b) - distance(a) : distance(a) - distance(b)) ||
      collator.compare(a.part.name, b.part.name),
  );
  const choices = outcomes.map((outcome) => ({ ...outcome, count: judged.filter((one) => one.outcome === outcome).length, always: true }));
  const layers = [
    ['heat', 'Anomaly', parts.some(({ pictures }) => pictures?.heat !== undefined)],
    ['mask', 'Mask', parts.some(({ pictures }) => pictures?.mask !== undefined)],
  ] as const;
  return html`<section class="card pictures" data-filtered><h2>Pictures</h2>
<p class="quiet">By the chosen threshold: first those on the wrong side, the farthest off leading; then those on the right side, the closest to it leading.</p>
<div class="over">${filterBar('outcome', parts.length, choices, 'Search pictures')}<span class="layers">${layers.map(([name, label, there]) => there && html`<button type="button" class="button" data-layer="${name}" aria-pressed="true" disabled>${label}</button>`)}</span></div>
<ul class="parts">${judged.map(({ part, outcome }) => partCard(part, outcome))}</ul><p class="nothing quiet" hidden>No picture matches.</p>
</section>
<dialog aria-label="Picture at full size"><div class="caption"><strong></strong><span class="told"></span><span class="buttons"><button type="button" class="button" data-do="before" aria-label="Picture before" title="left arrow key">←</button><button type="button" class="button" data-do="after" aria-label="Picture after" title="right arrow key">→</button><button type="button" class="button" data-do="close" title="Esc key">Close</button></span></div><div class="view"></div></dialog>`;
}

function partCard(part: EvaluationPart, { value, label: outcome, tone }: Outcome): Html {
  const { name, label, defect, decision, score, pictures } = part;
  const shown =
    pictures &&
    html`<img src="${pictures.photograph}" alt="${name}" loading="lazy">${pictures.heat !== undefined && html`<img class="heat" src="${pictures.heat}" alt="" loading="lazy">`}${pictures.mask !== undefined && html`<img class="mask" src="${pictures.mask}" alt="" loading="lazy">`}`;
  return html`<li class="part" data-status="${value}" data-name="${name}" data-score="${score}"${defect && html` data-defect`}>
${pictures ? html`<button type="button" class="open" aria-label="Show ${name}"><span class="layers-of" style="aspect-ratio: ${pictures.ratio.toFixed(4)}; --ratio: ${pictures.ratio.toFixed(4)}">${shown}</span></button>` : html`<span class="open quiet">no picture</span>`}
<span class="name">${name}</span>
<span class="told"><span class="sign" data-tone="${tone}">${tones[tone]} ${outcome}</span> <span class="number">${score.toFixed(4)}</span></span>
<span class="quiet small">${label} · the plugin says ${decision}</span></li>
`;
}
