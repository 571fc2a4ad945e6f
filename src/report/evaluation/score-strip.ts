// The scores of good and of defective parts as two heaps on one scale, with the thresholds across them.
import { type Html, html } from '../html.ts';
import type { EvaluationPart } from './evaluation-page-types.ts';

const [width, half, bins] = [720, 74, 48] as const;

/** The scale that scores are drawn on; the page's script moves the threshold on it. */
export interface ScoreScale {
  readonly from: number;
  readonly to: number;
  /** From tick to tick. */
  readonly step: number;
}

/** From below the lowest to above the highest of scores and thresholds, both round. */
export function scoreScale(values: readonly number[]): ScoreScale {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const step = roundStep((high - low || Math.abs(high) || 1) / 8);
  // a hair over a tick is on it: decimal steps are not exact
  return {
    from: Math.floor(low / step + 1e-9) * step,
    to: Math.max(Math.ceil(high / step - 1e-9), Math.floor(low / step + 1e-9) + 1) * step,
    step,
  };
}

/** The least of 1, 2 and 5 times a power of ten that is no smaller. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((digit) => digit * power >= least) ?? 10) * power;
}

/** Good parts stand on the middle line, defective ones hang below it. */
export function scoreStrip(parts: readonly EvaluationPart[], scale: ScoreScale, set: number, best: number): Html {
  const place = (value: number): number => ((value - scale.from) / (scale.to - scale.from)) * width;
  const heaps = [false, true].map((defect) => heapOf(parts, defect, place));
  const most = Math.max(1, ...heaps.flat());
  const bars = (heap: readonly number[], defect: boolean): Html[] =>
    heap.flatMap((count, at) => {
      if (count === 0) return [];
      const height = (count / most) * (half - 8);
      const y = defect ? half : half - height;
      return [
        html`<rect x="${(at * (width / bins) + 0.5).toFixed(1)}" y="${y.toFixed(1)}" width="${(width / bins - 1).toFixed(1)}" height="${height.toFixed(1)}"><title>${count} ${defect ? 'defective' : 'good'}</title></rect>`,
      ];
    });
  const [goods, defects] = heaps.map((heap) => heap.reduce((sum, count) => sum + count, 0));
  const line = (value: number, kind: string): Html =>
    html`<path class="${kind}" d="M0 0V${half * 2}" transform="translate(${place(value).toFixed(1)} 0)"/>`;
  return html`<svg class="strip" viewBox="-3 -2 ${width + 6} ${half * 2 + 22}" role="img" aria-label="Scores of ${goods ?? 0} good parts above and ${defects ?? 0} defective parts below the line, from ${short(scale.from)} to ${short(scale.to)}">
<g class="good">${bars(heaps[0] ?? [], false)}</g><g class="bad">${bars(heaps[1] ?? [], true)}</g>
<path class="axis" d="M0 ${half}H${width}"/>${line(best, 'at-best')}${line(set, 'at')}
<text x="2" y="11">good ↑</text><text x="2" y="${half * 2 - 3}">defective ↓</text>
${ticksOf(scale).map((tick, at, all) => html`<text x="${place(tick).toFixed(1)}" y="${half * 2 + 16}" text-anchor="${at === 0 ? 'start' : at === all.length - 1 ? 'end' : 'middle'}">${short(tick)}</text>`)}
</svg>`;
}

function ticksOf({ from, to, step }: ScoreScale): number[] {
  return Array.from({ length: Math.round((to - from) / step) + 1 }, (_, at) => from + at * step);
}

function heapOf(parts: readonly EvaluationPart[], defect: boolean, place: (value: number) => number): number[] {
  const heap = new Array<number>(bins).fill(0);
  for (const part of parts) {
    if (part.defect !== defect) continue;
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((place(part.score) / width) * bins)));
    heap[bin] = (heap[bin] ?? 0) + 1;
  }
  return heap;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
