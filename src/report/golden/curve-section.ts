// ROC and precision-recall curves as drawings that also print.
import { type Html, html } from '../html.ts';
import type { CurveMark, PageCurve } from './golden-page-types.ts';

const side = 240;

interface Place {
  readonly x: number;
  readonly y: number;
}

interface Drawing {
  readonly name: string;
  readonly area: string;
  readonly across: string;
  readonly up: string;
  readonly points: readonly Place[];
  readonly marks: readonly (CurveMark & Place)[];
  /** What a coin would reach. */
  readonly chance: boolean;
}

/** Renders both curves with their areas. */
export function curveSection({ title, text, points, auroc, averagePrecision, marks = [] }: PageCurve): Html {
  const roc = (point: PageCurve['points'][number]): Place => ({ x: point.falsePositiveRate, y: point.truePositiveRate });
  const recall = (point: PageCurve['points'][number]): Place => ({ x: point.truePositiveRate, y: point.precision });
  const first = points[0]?.precision ?? 1;
  return html`<section class="card curves"><h2>${title}</h2><p class="quiet">${text}</p><div class="charts">
${drawingOf({
  name: 'ROC',
  area: `area ${auroc.toFixed(4)}`,
  across: 'good parts rejected (false positive rate)',
  up: 'defective parts found (true positive rate)',
  points: [{ x: 0, y: 0 }, ...points.map(roc)],
  marks: marks.map((mark) => ({ ...mark, ...roc(mark) })),
  chance: true,
})}
${drawingOf({
  name: 'Precision and recall',
  area: `average precision ${averagePrecision.toFixed(4)}`,
  across: 'defective parts found (recall)',
  up: 'rejected parts that are defective (precision)',
  points: [{ x: 0, y: first }, ...points.map(recall)],
  marks: marks.map((mark) => ({ ...mark, ...recall(mark) })),
  chance: false,
})}
</div></section>`;
}

/** The words of the upright axis stand over it: turned by a quarter they would be hard to read. */
function drawingOf({ name, area, across, up, points, marks, chance }: Drawing): Html {
  const at = ({ x, y }: Place): string => `${(x * side).toFixed(1)} ${((1 - y) * side).toFixed(1)}`;
  const path = points.map((point, index) => `${index === 0 ? 'M' : 'L'}${at(point)}`).join('');
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  const label = `${name}: ${area}; across ${across}, up ${up}`;
  return html`<figure class="curve"><figcaption><b>${name}</b> <span class="quiet number">${area}</span></figcaption>
<svg viewBox="-34 -26 ${side + 48} ${side + 66}" role="img" aria-label="${label}">
<text x="-32" y="-13">↑ ${up}</text>
${ticks.map((tick) => html`<path d="M${tick * side} 0V${side}M0 ${tick * side}H${side}" class="grid"/><text x="${tick * side}" y="${side + 15}" text-anchor="middle">${tick}</text><text x="-9" y="${(1 - tick) * side + 4}" text-anchor="end">${tick}</text>`)}
<rect x="0" y="0" width="${side}" height="${side}" class="frame"/>${chance && html`<path d="M0 ${side}L${side} 0" class="chance"/>`}
<path d="${path}" class="line"/>
${marks.map((mark) => html`<circle cx="${(mark.x * side).toFixed(1)}" cy="${((1 - mark.y) * side).toFixed(1)}" r="${mark.kind === 'best' ? 7.5 : 4.5}" class="mark ${mark.kind}"><title>${mark.label}</title></circle>`)}
<text x="${side}" y="${side + 34}" text-anchor="end">${across} →</text>
</svg></figure>`;
}

/** CSS of both curves. */
export const curveStyle = `
.charts { display: flex; flex-wrap: wrap; gap: 28px; margin-top: 10px; }
.curve { margin: 0; width: min(100%, 440px); } .curve svg { width: 100%; display: block; }
.curve figcaption { font-size: 14px; padding: 0 0 4px; }
.curve text { font: 10.5px system-ui, sans-serif; fill: var(--ink); } .frame { fill: none; stroke: var(--line); }
.grid { fill: none; stroke: var(--line); stroke-width: .6; }
.chance { fill: none; stroke: var(--quiet); stroke-dasharray: 4 4; } .line { fill: none; stroke: var(--accent); stroke-width: 2.5; stroke-linejoin: round; }
@media print { .charts { flex-wrap: nowrap; } .curve { width: 50%; } }
.mark { stroke: var(--card); stroke-width: 1.5; fill: var(--ink); } .mark.best { fill: none; stroke: var(--pass); stroke-width: 2.5; }
`;
