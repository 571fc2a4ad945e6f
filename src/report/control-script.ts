// What the controls of every report do in the browser; without scripts everything is shown.

/**
 * JavaScript of filters, search and tabs.
 *
 * A `[data-filtered]` element holds `.filter` radio inputs, perhaps an `input.search`, items with `data-status` and `data-name`
 * (an item without `data-name` is searched by its text), and a `.nothing` text for when no item is left. A `[role=tablist]` moves by arrow
 * keys; each tab names its panel by `aria-controls`, and a choice fires a `tab` event on the list.
 */
export const controlScript = `
'use strict';
for (const area of document.querySelectorAll('[data-filtered]')) {
  const items = [...area.querySelectorAll('[data-status]')];
  const update = () => {
    const status = area.querySelector('.filter input:checked')?.value ?? 'all';
    const wanted = (area.querySelector('input.search')?.value ?? '').trim().toLowerCase();
    let shown = 0;
    for (const item of items) {
      const fits = (status === 'all' || item.dataset.status === status) && (item.dataset.name ?? item.textContent).toLowerCase().includes(wanted);
      item.hidden = !fits;
      if (fits) shown += 1;
    }
    for (const text of area.querySelectorAll('.nothing')) text.hidden = shown > 0;
    area.dispatchEvent(new CustomEvent('filtered'));
  };
  area.addEventListener('input', update);
  update();
}
for (const list of document.querySelectorAll('[role=tablist]')) {
  const tabs = [...list.querySelectorAll('[role=tab]')];
  const select = (tab, focus) => {
    for (const one of tabs) {
      one.setAttribute('aria-selected', String(one === tab));
      one.tabIndex = one === tab ? 0 : -1;
      const panel = document.getElementById(one.getAttribute('aria-controls'));
      if (panel && panel !== document.getElementById(tab.getAttribute('aria-controls'))) panel.hidden = true;
    }
    const panel = document.getElementById(tab.getAttribute('aria-controls'));
    if (panel) panel.hidden = false;
    if (focus) tab.focus();
    list.dispatchEvent(new CustomEvent('tab', { detail: tab.dataset.value ?? tab.id, bubbles: true }));
  };
  list.addEventListener('click', (event) => { const tab = event.target.closest('[role=tab]'); if (tab) select(tab, false); });
  list.addEventListener('keydown', (event) => {
    const at = tabs.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    select(tabs[(to + tabs.length) % tabs.length], true);
  });
  list.selectTab = (value) => { const tab = tabs.find((one) => one.dataset.value === value); if (tab) select(tab, false); };
  const first = tabs.find((tab) => tab.getAttribute('aria-selected') === 'true') ?? tabs[0];
  if (first) select(first, false);
}
document.documentElement.dataset.ready = 'true';
`;
