// How buttons, filters, search fields and tabs look in every report.

/** CSS of the controls that {@link controlScript} brings to life. */
export const controlStyle = `
.button, .tabs [role="tab"] { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 5px 12px; min-height: 34px; cursor: pointer; }
.button:hover { border-color: var(--quiet); }
.button[aria-pressed="true"] { background: var(--ink); border-color: var(--ink); color: var(--page); }
.bar { display: flex; flex-wrap: wrap; gap: 10px 16px; align-items: center; }
.filter { display: flex; flex-wrap: wrap; gap: 6px; border: 0; margin: 0; padding: 0; min-width: 0; }
.filter label { cursor: pointer; padding: 5px 12px; border: 1px solid var(--line); border-radius: 999px; background: var(--card); white-space: nowrap; }
.filter label:has(:checked) { background: var(--ink); border-color: var(--ink); color: var(--page); }
.filter label:has(:checked) .sign { color: inherit; }
.filter label:has(:focus-visible) { outline: 2px solid var(--focus); outline-offset: 2px; }
.filter input { position: absolute; opacity: 0; }
.search { padding: 5px 12px; min-height: 34px; border: 1px solid var(--line); border-radius: 8px; background: var(--card); min-width: 0; }
.tabs { display: flex; flex-wrap: wrap; gap: 4px; }
.tabs [role="tab"][aria-selected="true"] { background: var(--ink); border-color: var(--ink); color: var(--page); }
.nothing { padding: 32px 0; text-align: center; margin: 0; }
`;
