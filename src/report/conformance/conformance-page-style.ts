// How the checks of a conformance report look.

/** CSS of the page besides that of all reports. */
export const conformancePageStyle = `
.tools { display: flex; flex-wrap: wrap; gap: 10px 16px; align-items: center; justify-content: space-between; margin-bottom: 14px; }
.more { display: flex; gap: 8px; align-items: center; }
.more select { padding: 5px 10px; min-height: 34px; border: 1px solid var(--line); border-radius: 8px; background: var(--card); }
.bar .search { width: 250px; }
.list { padding: 0; overflow: hidden; }
.check { border-bottom: 1px solid var(--line); }
.check:last-of-type { border-bottom: 0; }
.check > summary { display: grid; grid-template-columns: 18px 250px minmax(0, 1fr) auto; gap: 4px 14px; padding: 9px 18px; cursor: pointer; list-style: none; align-items: baseline; }
.check > summary::-webkit-details-marker { display: none; }
.check > summary:hover { background: var(--page); }
.check > summary:focus-visible { outline-offset: -2px; }
.check[open] > summary .rule { font-weight: 600; }
.check .id { font: 13px/1.5 ui-monospace, "SF Mono", Consolas, monospace; overflow-wrap: anywhere; }
.check .state { font-size: 13px; white-space: nowrap; }
.check[data-tone="fail"] .state, .check[data-tone="review"] .state, .check[data-tone="error"] .state { color: var(--tone); font-weight: 600; }
.check[open] { box-shadow: inset 3px 0 0 var(--tone); }
.inside { padding: 2px 18px 18px 50px; display: grid; gap: 12px; }
.seen { margin: 0; padding: 0; list-style: none; display: grid; gap: 6px; }
.seen li { padding: 8px 12px; background: var(--page); border-left: 3px solid var(--fail); border-radius: 0 8px 8px 0; overflow-wrap: anywhere; white-space: pre-wrap; }
.seen li[data-severity="warning"] { border-color: var(--review); }
.seen li[data-severity="info"] { border-color: var(--line); }
.severity { font-weight: 600; }
.reason { margin: 0; overflow-wrap: anywhere; }
.inside dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 5px 16px; margin: 0; max-width: 115ch; }
.inside dt { color: var(--quiet); }
.inside dd { margin: 0; overflow-wrap: anywhere; }
.command { display: flex; gap: 10px; align-items: center; background: var(--stage); border-radius: 8px; padding: 6px 6px 6px 12px; max-width: max-content; min-width: 0; }
.command code { min-width: 0; }
.limits { display: grid; gap: 8px; }
.limits h3 { margin-top: 6px; }
.limits ul { margin: 0; padding-left: 20px; display: grid; gap: 3px; }
@media (max-width: 760px) {
  .check > summary { grid-template-columns: 18px minmax(0, 1fr) auto; padding: 10px 13px; gap: 2px 10px; }
  .check .rule { grid-column: 2 / -1; grid-row: 2; }
  .check .state { grid-column: 3; grid-row: 1; }
  .inside { padding: 2px 13px 16px; }
  .inside dl { grid-template-columns: 1fr; gap: 0; }
  .inside dd { margin-bottom: 8px; }
  .bar, .bar label:has(.search), .bar .search, .more { width: 100%; }
  .more label { flex: 1; } .more select { width: 100%; }
}
@media print { .tools { display: none; } .check { break-inside: avoid; } .command .button { display: none; } }
`;
