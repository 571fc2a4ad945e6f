// What draws the charts of a report in the browser.
import { chartLibrary } from '../chart-library.ts';

const draw = `
const plots = new Map();
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const short = (value) => value === null || value === undefined ? '–' : String(Number(Number(value).toPrecision(4)));
const isRound = (value) => [1, 2, 5].includes(Math.round(value / 10 ** Math.floor(Math.log10(value) + 1e-9)));
const strokes = ['--accent', '--review', '--pass', '--error'];
function shapes(kind, stroke, count) {
  if (kind === 'points') return { paths: () => null, points: { show: true, size: 4, width: 0, fill: stroke, stroke } };
  if (kind === 'bars') return { paths: uPlot.paths.bars({ size: [1, 100], gap: 1 }), fill: stroke + '99', points: { show: false } };
  if (kind === 'steps') return { paths: uPlot.paths.stepped({ align: 1 }), width: 2, points: { show: false } };
  return { width: 2, points: { show: count <= 12, size: 8, fill: stroke } };
}
function drawMarks(marks) {
  return (plot) => {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.strokeStyle = colour('--fail');
    ctx.fillStyle = colour('--fail');
    ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.lineWidth = 1.5 * devicePixelRatio;
    ctx.font = 12 * devicePixelRatio + 'px system-ui, sans-serif';
    ctx.textAlign = 'left';
    ctx.textBaseline = 'alphabetic';
    const plate = (text, x, y) => {
      const width = ctx.measureText(text).width, pad = 4 * devicePixelRatio;
      ctx.fillStyle = colour('--card');
      ctx.globalAlpha = 0.85;
      ctx.fillRect(x - pad, y - 12 * devicePixelRatio, width + 2 * pad, 16 * devicePixelRatio);
      ctx.globalAlpha = 1;
      ctx.fillStyle = colour('--fail');
      ctx.fillText(text, x, y);
    };
    for (const [number, { axis, value, label }] of marks.entries()) {
      const at = plot.valToPos(value, axis, true);
      const inside = axis === 'x' ? at >= bbox.left && at <= bbox.left + bbox.width : at >= bbox.top && at <= bbox.top + bbox.height;
      if (!inside) continue;
      ctx.beginPath();
      if (axis === 'x') { ctx.moveTo(at, bbox.top); ctx.lineTo(at, bbox.top + bbox.height); }
      else { ctx.moveTo(bbox.left, at); ctx.lineTo(bbox.left + bbox.width, at); }
      ctx.stroke();
      const width = ctx.measureText(label).width, gap = 8 * devicePixelRatio, right = bbox.left + bbox.width;
      if (axis === 'x') plate(label, at + gap + width > right ? at - gap - width : at + gap, bbox.top + bbox.height * 0.4 + number * 20 * devicePixelRatio);
      else plate(label, right - gap - width, at - 6 * devicePixelRatio);
    }
    ctx.restore();
  };
}
function yRange(data, log) {
  return (plot, low, high) => {
    if (low === null || high === null) return [0, 1];
    const marks = (data.marks ?? []).filter((mark) => mark.axis === 'y' && mark.value < high * 4).map((mark) => mark.value);
    const top = Math.max(high, ...marks), bottom = Math.min(low, ...marks);
    if (log) return [bottom / 1.15, top * 1.15];
    const room = (top - bottom) * 0.06 || Math.abs(top) * 0.1 || 1;
    return [data.kind === 'bars' || bottom < (top - bottom) * 2 ? Math.min(0, bottom) : bottom - room, top + room];
  };
}
function options(data, width, log) {
  const isLog = (name) => log && data.log.axis === name;
  const axis = (label, isX) => ({
    label, labelSize: 22, size: isX ? 44 : 62, stroke: colour('--quiet'), labelFont: '600 12px system-ui, sans-serif', font: '12px system-ui, sans-serif',
    grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1 },
    values: (plot, splits) => splits.map((value) => isLog(isX ? 'x' : 'y') && !isRound(value) ? '' : short(value)),
    ...(isX && data.whole ? { incrs: [1, 2, 5, 10, 20, 50, 100] } : {}),
  });
  return {
    width, height: innerWidth < 620 ? 220 : 300,
    scales: { x: { time: false, distr: isLog('x') ? 3 : 1 }, y: { distr: isLog('y') ? 3 : 1, range: yRange(data, isLog('y')) } },
    axes: [axis(data.xLabel, true), axis(data.yLabel, false)],
    series: [
      { label: data.xLabel, value: (plot, value) => short(value) },
      ...data.series.map(({ label }, at) => {
        const stroke = colour(strokes[at % strokes.length]);
        return { label, stroke, value: (plot, value) => short(value), ...shapes(data.kind, stroke, data.x.length) };
      }),
    ],
    cursor: { drag: { x: true, y: false, setScale: true }, points: { size: 8 } },
    legend: { live: true },
    hooks: { draw: [drawMarks(data.marks ?? [])] },
  };
}
function drawChart(figure) {
  const place = figure.querySelector('.plot');
  if (place.clientWidth === 0) return;
  const data = JSON.parse(figure.querySelector('script').textContent);
  const state = plots.get(figure) ?? { log: data.log?.on ?? false };
  const zoom = state.plot && !state.fresh ? { ...state.plot.scales.x } : undefined;
  state.plot?.destroy();
  place.replaceChildren();
  state.plot = new uPlot(options(data, place.clientWidth, state.log), [data.x, ...data.series.map(({ values }) => values)], place);
  // bars stand on both sides of their value
  const half = data.kind === 'bars' && data.x.length > 1 ? (data.x[1] - data.x[0]) / 2 : 0;
  state.whole = [(data.x[0] ?? 0) - half, (data.x.at(-1) ?? 1) + half];
  state.width = place.clientWidth;
  state.fresh = false;
  if (typeof zoom?.min === 'number') state.plot.setScale('x', { min: zoom.min, max: zoom.max });
  else if (half > 0) state.plot.setScale('x', { min: state.whole[0], max: state.whole[1] });
  plots.set(figure, state);
  figure.querySelector('.zoom').hidden = false;
  place.dataset.drawn = 'true';
}
`;

const control = `
function zoomTo(state, factor, shift) {
  const { min, max } = state.plot.scales.x;
  const [low, high] = state.whole;
  const span = Math.min(high - low, (max - min) * factor);
  const middle = Math.min(high - span / 2, Math.max(low + span / 2, (min + max) / 2 + shift * (max - min)));
  state.plot.setScale('x', { min: middle - span / 2, max: middle + span / 2 });
}
const zooms = {
  in: (state) => zoomTo(state, 0.5, 0),
  out: (state) => zoomTo(state, 2, 0),
  left: (state) => zoomTo(state, 1, -0.25),
  right: (state) => zoomTo(state, 1, 0.25),
  all: (state) => state.plot.setScale('x', { min: state.whole[0], max: state.whole[1] }),
  log: (state, figure) => {
    state.log = !state.log;
    state.fresh = true;
    figure.querySelector('[data-zoom=log]').setAttribute('aria-pressed', String(state.log));
    drawChart(figure);
  },
};
const zoomKeys = { '+': 'in', '=': 'in', '-': 'out', ArrowLeft: 'left', ArrowRight: 'right', 0: 'all', Escape: 'all' };
const figures = [...document.querySelectorAll('figure.chart')];
const drawAll = () => { for (const figure of figures) drawChart(figure); };
for (const figure of figures) {
  const act = (name) => { const state = plots.get(figure); if (state) zooms[name](state, figure); };
  figure.addEventListener('click', (event) => { const name = event.target.closest('[data-zoom]')?.dataset.zoom; if (name) act(name); });
  figure.querySelector('.plot').addEventListener('keydown', (event) => {
    const name = zoomKeys[event.key];
    if (!name || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act(name);
  });
}
document.addEventListener('tab', () => { for (const figure of figures) if (!plots.has(figure)) drawChart(figure); });
document.addEventListener('themechange', drawAll);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
addEventListener('resize', () => { for (const [figure, state] of plots) if (figure.querySelector('.plot').clientWidth !== state.width) drawChart(figure); });
// on paper every tab is there, in the light colours
const panels = [...document.querySelectorAll('[role=tabpanel]')];
let shownBefore;
addEventListener('beforeprint', () => {
  shownBefore = panels.map((panel) => panel.hidden);
  for (const panel of panels) panel.hidden = false;
  drawAll();
});
addEventListener('afterprint', () => {
  for (const [at, panel] of panels.entries()) panel.hidden = shownBefore?.[at] ?? panel.hidden;
  drawAll();
});
drawAll();
`;

/** JavaScript of all charts of a page, the library included. */
export function chartScript(): string {
  return chartLibrary().script + draw + control;
}
