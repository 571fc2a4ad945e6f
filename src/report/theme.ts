// Colours and type of all reports, light and dark.

const light = `color-scheme: light;
  --page: #f4f5f7; --card: #ffffff; --ink: #1b1f27; --quiet: #565f6d; --line: #dcdfe5; --stage: #e7e9ed; --focus: #1d5bd8; --accent: #1d5bd8;
  --fail: #b9252c; --review: #8f5500; --pass: #1a7540; --error: #7a3fb0; --other: #565f6d; --shadow: 0 1px 2px rgb(20 22 27 / 8%);`;

const dark = `color-scheme: dark;
  --page: #14161b; --card: #1d2027; --ink: #e9ebef; --quiet: #a1a9b7; --line: #343944; --stage: #0d0f13; --focus: #7aa7ff; --accent: #7aa7ff;
  --fail: #ff7f83; --review: #f1b24a; --pass: #58cd8b; --error: #c79bf2; --other: #a1a9b7; --shadow: none;`;

/** CSS variables for light and dark - the system's choice unless the page's switch set another - and plain element styles. */
export const themeStyle = `
:root { ${light} }
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${dark} } }
:root[data-theme="dark"] { ${dark} }
@media print { :root, :root[data-theme] { ${light} --page: #ffffff; } }
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
a { color: inherit; }
button, input, select { font: inherit; color: inherit; }
[hidden] { display: none !important; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
.quiet { color: var(--quiet); }
.number { font-variant-numeric: tabular-nums; }
.hidden-label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;

/** Runs before the page is drawn: takes the choice of an earlier visit, and makes the switch of the page's head work. */
export const themeScript = `
'use strict';
(() => {
  const root = document.documentElement;
  // a browser may keep nothing for pages from files
  const kept = (action) => { try { return action(localStorage); } catch {} };
  const chosen = kept((store) => store.getItem('mvas-theme'));
  if (chosen === 'dark' || chosen === 'light') root.dataset.theme = chosen;
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || !event.target.closest('[data-do=theme]')) return;
    const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    const next = (root.dataset.theme ?? system) === 'dark' ? 'light' : 'dark';
    root.dataset.theme = next;
    kept((store) => store.setItem('mvas-theme', next));
    document.dispatchEvent(new CustomEvent('themechange'));
  });
})();
`;
