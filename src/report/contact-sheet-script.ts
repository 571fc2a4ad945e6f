// What the contact sheet does in the browser; without scripts it still shows and filters everything.

/** JavaScript of the contact sheet: search, order, and the viewer with its keys. */
export const contactSheetScript = `
'use strict';
const list = document.querySelector('.cards');
const cards = [...list.children];
const dialog = document.querySelector('dialog');
const picture = dialog.querySelector('img');
const originalButton = dialog.querySelector('[data-do=original]');
let current;
let original = false;

const visible = () => [...list.children].filter((card) => getComputedStyle(card).display !== 'none');
function update() {
  const wanted = document.querySelector('#search').value.trim().toLowerCase();
  for (const card of cards) card.toggleAttribute('data-unwanted', !card.dataset.name.toLowerCase().includes(wanted));
  document.querySelector('.nothing').hidden = visible().length > 0;
}
function order() {
  const byName = document.querySelector('#order').value === 'name';
  const place = (card) => Number(byName ? card.dataset.nameRank : card.dataset.rank);
  list.append(...[...cards].sort((a, b) => place(a) - place(b)));
}
function show(card) {
  current = card;
  const link = card.querySelector('a.stage');
  const small = original ? link.dataset.original : link.querySelector('img').src;
  picture.src = small;
  picture.alt = card.dataset.name;
  if (!original && link.dataset.full) {
    const large = new Image();
    large.onload = () => { if (current === card && !original) picture.src = large.src; };
    large.src = link.dataset.full;
  }
  originalButton.hidden = !link.dataset.original;
  originalButton.setAttribute('aria-pressed', String(original));
  dialog.querySelector('strong').textContent = card.dataset.name;
  dialog.querySelector('.verdict-text').textContent = card.querySelector('.verdict').innerText.replace(/\\s+/g, ' ');
  const shown = visible().filter((one) => one.querySelector('a.stage'));
  dialog.querySelector('.place').textContent = shown.indexOf(card) + 1 + ' of ' + shown.length;
  if (!dialog.open) dialog.showModal();
}
function move(step) {
  const shown = visible().filter((card) => card.querySelector('a.stage'));
  const next = shown[shown.indexOf(current) + step];
  if (next) show(next);
}
const actions = {
  previous: () => move(-1),
  next: () => move(1),
  original: () => { if (!originalButton.hidden) { original = !original; show(current); } },
  close: () => dialog.close(),
};
const keys = { ArrowLeft: 'previous', ArrowRight: 'next', o: 'original', ' ': 'original' };
list.addEventListener('click', (event) => {
  const link = event.target.closest('a.stage');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link.closest('.card'));
});
dialog.addEventListener('click', (event) => actions[event.target.closest('[data-do]')?.dataset.do]?.());
dialog.addEventListener('keydown', (event) => {
  if (event.key === ' ' && event.target.closest('button')) return;
  const action = actions[keys[event.key]];
  if (!action) return;
  event.preventDefault();
  action();
});
dialog.addEventListener('close', () => { original = false; current?.querySelector('a.stage').focus(); });
document.querySelector('#search').addEventListener('input', update);
document.querySelector('#order').addEventListener('change', order);
for (const input of document.querySelectorAll('.filter input')) input.addEventListener('change', update);
update();
order();
document.documentElement.dataset.ready = 'true';
`;
