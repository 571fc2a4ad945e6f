// What the page of golden images does in the browser; without scripts it shows every image, one under the other.

/** JavaScript of the page: choosing an image, views, slider, blinking, zoom, keys. */
export const goldenScript = `
{
  const detail = document.querySelector('.detail');
  const links = [...document.querySelectorAll('.list a')];
  const pause = document.querySelector('[data-do=pause]');
  let zoom = 1;
  let paused = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const shown = () => links.filter((link) => !link.parentElement.hidden);
  const current = () => links.find((link) => link.hasAttribute('aria-current'));
  const articleOf = (link) => document.getElementById(link.hash.slice(1));

  /** Side by side needs the pictures twice; a copy made here costs the file nothing. */
  const addTwin = (article) => {
    const stage = article.querySelector('.stage');
    if (!stage || article.querySelector('.twin')) return;
    const twin = stage.cloneNode(true);
    twin.classList.add('twin');
    twin.querySelector('.cut').remove();
    stage.after(twin);
    const follow = (from, to) => from.addEventListener('scroll', () => { to.scrollTop = from.scrollTop; to.scrollLeft = from.scrollLeft; }, { passive: true });
    follow(stage, twin);
    follow(twin, stage);
  };
  const choose = (link) => {
    if (!link) return;
    for (const one of links) one.toggleAttribute('aria-current', one === link);
    link.setAttribute('aria-current', 'true');
    for (const article of document.querySelectorAll('.case')) article.toggleAttribute('data-current', article === articleOf(link));
    addTwin(articleOf(link));
    link.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  const step = (by) => { const list = shown(); choose(list[Math.min(list.length - 1, Math.max(0, list.indexOf(current()) + by))]); };
  const setView = (view) => {
    detail.dataset.view = view;
    if (pause) pause.hidden = view !== 'blink';
  };
  const setZoom = (next) => {
    zoom = Math.min(16, Math.max(1, next));
    detail.style.setProperty('--zoom', zoom);
    detail.classList.toggle('sharp', zoom >= 4);
  };
  const setPaused = (next) => {
    paused = next;
    pause?.setAttribute('aria-pressed', String(paused));
  };
  const press = (name, on) => document.querySelector('[data-do=' + name + ']')?.setAttribute('aria-pressed', String(on));
  const actions = {
    source: () => { detail.dataset.source = detail.dataset.source === 'own' ? 'layers' : 'own'; press('source', detail.dataset.source === 'own'); },
    layers: () => { detail.dataset.layers = detail.dataset.layers === 'off' ? 'on' : 'off'; press('layers', detail.dataset.layers !== 'off'); },
    in: () => setZoom(zoom * 2),
    out: () => setZoom(zoom / 2),
    fit: () => setZoom(1),
    pause: () => setPaused(!paused),
  };
  const keys = { '+': 'in', '-': 'out', 0: 'fit', v: 'source', l: 'layers' };

  document.addEventListener('click', (event) => {
    const link = event.target.closest('.list a');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      choose(link);
    }
    actions[event.target.closest('[data-do]')?.dataset.do]?.();
  });
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select')) return;
    if (event.target.closest('.list') && ['ArrowDown', 'ArrowUp', 'ArrowRight', 'ArrowLeft'].includes(event.key)) {
      event.preventDefault();
      step(event.key === 'ArrowDown' || event.key === 'ArrowRight' ? 1 : -1);
      current()?.focus();
    } else if (event.key === 'j' || event.key === 'k') step(event.key === 'j' ? 1 : -1);
    else if (/^[1-6]$/.test(event.key)) document.querySelectorAll('.viewer [role=tab]')[event.key - 1]?.click();
    else actions[keys[event.key]]?.();
  });
  document.querySelector('.tabs')?.addEventListener('tab', (event) => setView(event.detail));
  detail.addEventListener('input', (event) => {
    if (!event.target.matches('.cut')) return;
    for (const input of document.querySelectorAll('.cut')) input.value = event.target.value;
    detail.style.setProperty('--cut', event.target.value + '%');
  });
  document.querySelector('.work').addEventListener('filtered', () => { if (!shown().includes(current())) choose(shown()[0]); });
  let before = '';
  addEventListener('beforeprint', () => {
    before = detail.dataset.view;
    detail.dataset.view = 'side';
    for (const article of document.querySelectorAll('.case')) addTwin(article);
  });
  addEventListener('afterprint', () => { detail.dataset.view = before; });
  detail.dataset.shown = 'expected';
  setInterval(() => {
    if (!paused && detail.dataset.view === 'blink') detail.dataset.shown = detail.dataset.shown === 'expected' ? 'actual' : 'expected';
  }, 700);
  setPaused(paused);
  detail.classList.add('chosen');
  choose(links.find((link) => link.hash === location.hash) ?? links[0]);
}
`;
