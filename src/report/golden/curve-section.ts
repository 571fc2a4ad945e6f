// ROC and precision-recall curves as drawings that also print.
import { type Html, html } from '../html.ts';
import type { PageCurve } from './golden-page-types.ts';

const side = 240;

/** Renders both curves with their areas. */
export function curveSection({ title, text, points, auroc, averagePrecision }: PageCurve): Html {
  const roc = [{ x: 0, y: 0 }, ...points.map(({ falsePositiveRate: x, truePositiveRate: y }) => ({ x, y }))];
  const first = points[0]?.precision ?? 1;
  const precision = [{ x: 0, y: first }, ...points.map((point) => ({ x: point.truePositiveRate, y: point.precision }))];
  return html`<section class="card curves"><h2>${title}</h2><p class="quiet">${text}</p><div class="charts">
${chart('ROC', `area ${auroc.toFixed(4)}`, ['good parts rejected', 'defective parts found'], roc, true)}
${chart('Precision and recall', `average precision ${averagePrecision.toFixed(4)}`, ['defective parts found', 'rejected parts that are defective'], precision, false)}
</div></section>`;
}

function chart(
  name: string,
  area: string,
  [across, up]: readonly [string, string],
  points: readonly { x: number; y: number }[],
  diagonal: boolean,
): Html {
  const path = points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${(x * side).toFixed(1)} ${((1 - y) * side).toFixed(1)}`).join('');
  const ticks = [0, 0.5, 1];
  return html`<figure class="chart"><figcaption><b>${name}</b> <span class="quiet number">${area}</span></figcaption>
<svg viewBox="-38 -8 ${side + 50} ${side + 48}" role="img" aria-label="${name}: ${area}; across ${across}, up ${up}">
<rect x="0" y="0" width="${side}" height="${side}" class="frame"/>${diagonal && html`<path d="M0 ${side}L${side} 0" class="chance"/>`}
${ticks.map((tick) => html`<text x="${tick * side}" y="${side + 14}" text-anchor="middle">${tick}</text><text x="-6" y="${(1 - tick) * side + 4}" text-anchor="end">${tick}</text>`)}
<path d="${path}" class="line"/><text x="${side / 2}" y="${side + 32}" text-anchor="middle">${across}</text><text x="${-side / 2}" y="-26" text-anchor="middle" transform="rotate(-90)">${up}</text>
</svg></figure>`;
}
