// What the page of a conformance report does in the browser; without scripts every check can be opened.

/** JavaScript of the page: groups, fold all, copy; the keys are / and E. */
export const conformancePageScript = `
(() => {
  const area = document.querySelector('.checks');
  const items = [...area.querySelectorAll('.check')];
  const group = document.getElementById('group');
  const fold = area.querySelector('[data-do=fold]');
  const said = document.getElementById('said');
  area.addEventListener('filtered', () => {
    for (const item of items) if (group.value !== '' && item.dataset.group !== group.value) item.hidden = true;
    const shown = items.filter((item) => !item.hidden).length;
    area.querySelector('.nothing').hidden = shown > 0;
    area.querySelector('.list').hidden = shown === 0;
    said.textContent = shown + ' of ' + items.length + ' checks are shown';
  });
  const foldAll = () => {
    const open = fold.getAttribute('aria-pressed') !== 'true';
    for (const item of items) item.open = open;
    fold.setAttribute('aria-pressed', String(open));
    fold.textContent = open ? 'Collapse all' : 'Expand all';
  };
  fold.addEventListener('click', foldAll);
  const copy = async (text) => {
    try { await navigator.clipboard.writeText(text); return true; } catch {}
    // pages from files have no clipboard in some browsers
    const field = document.createElement('textarea');
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  };
  area.addEventListener('click', async (event) => {
    const button = event.target.closest('[data-copy]');
    if (!button) return;
    const done = await copy(button.dataset.copy);
    const label = button.firstChild;
    label.textContent = done ? 'Copied' : 'Select it';
    said.textContent = done ? 'The command is copied' : 'The command could not be copied';
    setTimeout(() => { label.textContent = 'Copy'; }, 1500);
  });
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea')) return;
    if (event.key === '/') { event.preventDefault(); area.querySelector('.search').focus(); }
    if (event.key === 'e' || event.key === 'E') foldAll();
  });
  addEventListener('beforeprint', () => { for (const item of items) if (!item.hidden && item.dataset.status !== 'passed') item.open = true; });
})();
`;
