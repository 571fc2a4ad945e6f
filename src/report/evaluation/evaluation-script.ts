// What the page of an evaluation does in the browser; without scripts it shows everything at the threshold of the settings.

const threshold = `
const area = document.querySelector('.threshold');
const pictures = document.querySelector('.pictures');
const list = pictures.querySelector('.parts');
const parts = [...list.children].map((card) => ({ card, score: Number(card.dataset.score), defect: 'defect' in card.dataset }));
const { from, to, set, best } = Object.fromEntries(Object.entries(area.dataset).map(([name, value]) => [name, Number(value)]));
const slider = area.querySelector('.move');
const signs = { missed: ['fail', '✕ Missed'], rejected: ['review', '? Rejected wrongly'], found: ['pass', '✓ Found'], passed: ['pass', '✓ Passed'] };
let chosen = set;
const outcomeOf = ({ defect, score }) => score >= chosen ? (defect ? 'found' : 'rejected') : defect ? 'missed' : 'passed';
function count() {
  const counts = { found: 0, missed: 0, passed: 0, rejected: 0 };
  for (const part of parts) counts[outcomeOf(part)] += 1;
  const { found, missed, rejected } = counts;
  return {
    counts,
    precision: found + rejected === 0 ? 1 : found / (found + rejected),
    recall: found + missed === 0 ? 1 : found / (found + missed),
    f1: 2 * found / Math.max(1, 2 * found + missed + rejected),
  };
}
function moveMarks({ found, missed, passed, rejected }, precision) {
  const [right, up] = [rejected / Math.max(1, rejected + passed), found / Math.max(1, found + missed)];
  const at = [[right, up], [up, precision]];
  for (const [index, mark] of [...document.querySelectorAll('.curve .mark.set')].entries()) {
    mark.setAttribute('cx', String(at[index][0] * 240));
    mark.setAttribute('cy', String((1 - at[index][1]) * 240));
  }
}
function show() {
  const { counts, ...figures } = count();
  area.querySelector('.chosen').textContent = chosen.toFixed(4);
  area.querySelector('.strip .at').setAttribute('transform', 'translate(' + (chosen - from) / (to - from) * 720 + ' 0)');
  for (const cell of area.querySelectorAll('[data-count]')) cell.textContent = String(counts[cell.dataset.count]);
  for (const cell of area.querySelectorAll('[data-figure]')) cell.textContent = figures[cell.dataset.figure].toFixed(4);
  moveMarks(counts, figures.precision);
  for (const part of parts) {
    const outcome = outcomeOf(part);
    if (part.card.dataset.status === outcome) continue;
    part.card.dataset.status = outcome;
    const sign = part.card.querySelector('.sign');
    [sign.dataset.tone, sign.textContent] = signs[outcome];
  }
  for (const input of pictures.querySelectorAll('.filter input')) {
    const number = input.parentElement.querySelector('.number');
    if (input.value !== 'all') number.textContent = String(counts[input.value]);
  }
  pictures.dispatchEvent(new Event('input'));
}
function order() {
  const wrong = (part) => ['missed', 'rejected'].includes(part.card.dataset.status);
  const far = (part) => Math.abs(part.score - chosen);
  parts.sort((a, b) => wrong(b) - wrong(a) || (wrong(a) ? far(b) - far(a) : far(a) - far(b)));
  list.append(...parts.map(({ card }) => card));
}
function choose(value, thenOrder) {
  chosen = value;
  if (slider.valueAsNumber !== value) slider.value = String(value);
  show();
  if (thenOrder) order();
}
slider.addEventListener('input', () => choose(slider.valueAsNumber, false));
slider.addEventListener('change', order);
slider.addEventListener('keydown', (event) => {
  const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  choose(Math.min(to, Math.max(from, chosen + step * (to - from) / 500)), true);
});
`;

const viewer = `
const dialog = document.querySelector('dialog');
const shown = () => [...list.children].filter((card) => !card.hidden && card.querySelector('.layers-of'));
let current;
function open(card) {
  if (!card) return;
  current = card;
  dialog.querySelector('strong').textContent = card.dataset.name;
  dialog.querySelector('.told').replaceChildren(...[...card.querySelector('.told').childNodes].map((node) => node.cloneNode(true)));
  const picture = card.querySelector('.layers-of').cloneNode(true);
  for (const img of picture.querySelectorAll('img')) img.loading = 'eager';
  dialog.querySelector('.view').replaceChildren(picture);
  if (!dialog.open) dialog.showModal();
}
const step = (by) => { const cards = shown(); open(cards[cards.indexOf(current) + by]); };
const actions = {
  set: () => choose(set, true),
  best: () => choose(best, true),
  before: () => step(-1),
  after: () => step(1),
  close: () => dialog.close(),
};
document.addEventListener('click', (event) => {
  actions[event.target.closest('[data-do]')?.dataset.do]?.();
  const layer = event.target.closest('[data-layer]');
  if (layer) {
    const on = layer.getAttribute('aria-pressed') !== 'true';
    layer.setAttribute('aria-pressed', String(on));
    document.body.toggleAttribute('data-no-' + layer.dataset.layer, !on);
  }
  const card = event.target.closest('button.open')?.parentElement;
  if (card) open(card);
});
dialog.addEventListener('keydown', (event) => {
  const action = { ArrowLeft: 'before', ArrowRight: 'after' }[event.key];
  if (action) actions[action]();
});
dialog.addEventListener('close', () => current?.querySelector('.open').focus());
for (const control of document.querySelectorAll('.threshold [disabled], .pictures [disabled]')) control.disabled = false;
show();
`;

/** JavaScript of the page: the threshold's slider, layers, and the viewer with its keys. */
export const evaluationScript = `{${threshold}${viewer}}`;
