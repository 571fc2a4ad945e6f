// The threshold of an evaluation's page: a slider over the scores, and what the chosen threshold makes of the parts.
import { type Html, html } from '../html.ts';
import type { EvaluationPage } from './evaluation-page-types.ts';
import { scoreScale, scoreStrip } from './score-strip.ts';

/** Renders the section as it is at the threshold of the settings; the page's script follows the slider. */
export function thresholdSection({ parts, atThreshold, best }: EvaluationPage): Html {
  const set = atThreshold.threshold;
  const scale = scoreScale([...parts.map(({ score }) => score), set, best.threshold]);
  return html`<section class="card threshold" data-from="${scale.from}" data-to="${scale.to}" data-set="${set}" data-best="${best.threshold}"><h2>Threshold</h2>
<p class="quiet">A part whose score reaches the threshold counts as defective. The solid line is the chosen threshold, the dashed one the threshold of the largest F1.</p>
${scoreStrip(parts, scale, set, best.threshold)}
<input type="range" class="move" min="${scale.from}" max="${scale.to}" step="any" value="${set}" aria-label="Threshold" disabled>
<div class="choose"><span class="quiet">chosen</span> <output class="number chosen" aria-label="Chosen threshold">${set.toFixed(4)}</output>
<button type="button" class="button" data-do="set" disabled>Settings <span class="number">${set.toFixed(4)}</span></button>
<button type="button" class="button" data-do="best" disabled>Best <span class="number">${best.threshold.toFixed(4)}</span></button></div>
<div class="outcome"><table class="confusion"><caption class="quiet">Parts at this threshold</caption>
<thead><tr><td></td><th scope="col" class="number">counts as defective</th><th scope="col" class="number">counts as good</th></tr></thead>
<tbody><tr><th scope="row">defective</th><td class="number right" data-count="found">${atThreshold.found}</td><td class="number wrong" data-count="missed">${atThreshold.missed}</td></tr>
<tr><th scope="row">good</th><td class="number wrong" data-count="rejected">${atThreshold.rejected}</td><td class="number right" data-count="passed">${atThreshold.passed}</td></tr></tbody></table>
<div class="scroll" tabindex="0" role="region" aria-label="Beside the settings and the best"><table class="compare"><caption class="quiet">Beside the settings and the best</caption>
<thead><tr><th scope="col"></th>${['Precision', 'Recall', 'F1', 'Missed', 'Rejected'].map((title) => html`<th scope="col" class="number">${title}</th>`)}</tr></thead>
<tbody><tr><th scope="row">chosen</th>${(['precision', 'recall', 'f1'] as const).map((name) => html`<td class="number" data-figure="${name}">${atThreshold[name].toFixed(4)}</td>`)}<td class="number" data-count="missed">${atThreshold.missed}</td><td class="number" data-count="rejected">${atThreshold.rejected}</td></tr>
${[['settings', atThreshold] as const, ['best', best] as const].map(([name, of]) => html`<tr><th scope="row">${name}</th>${[of.precision, of.recall, of.f1].map((value) => html`<td class="number">${value.toFixed(4)}</td>`)}<td class="number">${of.missed}</td><td class="number">${of.rejected}</td></tr>`)}</tbody></table></div></div>
</section>`;
}
