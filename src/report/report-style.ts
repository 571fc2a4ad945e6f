// Layout that all reports share: head, sections, cards, tables; on a phone and on paper.

const layout = `
.head, main { max-width: 1500px; margin: 0 auto; padding: 0 24px; }
.head { padding-top: 18px; padding-bottom: 4px; }
.skip { position: absolute; left: 12px; top: -60px; background: var(--card); padding: 8px 14px; border-radius: 8px; z-index: 9; }
.skip:focus { top: 12px; }
.top { display: flex; justify-content: space-between; align-items: center; gap: 12px; }
.kind { display: flex; align-items: center; gap: 8px; margin: 0; color: var(--accent); font-weight: 600; letter-spacing: .01em; }
.logo { flex: none; }
.heading { display: flex; flex-wrap: wrap; gap: 6px 14px; align-items: center; margin-top: 10px; }
h1 { font-size: 24px; line-height: 1.25; font-weight: 650; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 17px; font-weight: 620; line-height: 1.3; margin: 0; overflow-wrap: anywhere; }
h3 { font-size: 15px; font-weight: 600; margin: 0; }
.lead { margin: 4px 0 0; }
.verdict { margin: 0; padding: 3px 12px; border-radius: 999px; font-weight: 600; border: 1.5px solid currentColor; white-space: nowrap; }
[data-tone="pass"] { --tone: var(--pass); } [data-tone="fail"] { --tone: var(--fail); } [data-tone="review"] { --tone: var(--review); }
[data-tone="error"] { --tone: var(--error); } [data-tone="none"] { --tone: var(--other); }
.verdict[data-tone], .sign[data-tone] { color: var(--tone); }
.sign { font-weight: 650; white-space: nowrap; }
.facts { margin: 12px 0 0; }
.facts summary { cursor: pointer; width: fit-content; }
.facts dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 8px 0 0; }
.facts dt { color: var(--quiet); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
main { padding-top: 16px; padding-bottom: 56px; display: grid; gap: 20px; grid-template-columns: minmax(0, 1fr); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; box-shadow: var(--shadow); padding: 16px 18px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(160px, 1fr)); gap: 12px; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 12px 16px; }
.tile b { display: block; font-size: 22px; font-weight: 620; line-height: 1.3; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; color: var(--quiet); font-weight: 550; }
th, td { padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tbody tr:last-child > * { border-bottom: 0; }
td.number, th.number { text-align: right; }
code { font: 13px/1.5 ui-monospace, "SF Mono", Consolas, monospace; overflow-wrap: anywhere; }
`;

const media = `
@media (max-width: 620px) {
  .head, main { padding-left: 14px; padding-right: 14px; }
  h1 { font-size: 20px; }
  .facts dl { grid-template-columns: 1fr; gap: 0; }
  .facts dd { margin-bottom: 6px; }
  .card { padding: 12px 13px; }
}
@media print {
  @page { margin: 14mm; }
  body { font-size: 11pt; }
  .head, main { max-width: none; padding-left: 0; padding-right: 0; }
  .skip, .button, .bar { display: none !important; }
  .card { box-shadow: none; break-inside: avoid; }
  .scroll { overflow: visible; }
  table { font-size: 9pt; }
  details.facts::details-content { content-visibility: visible; }
  * { print-color-adjust: exact; }
}
`;

/** CSS of the shell. */
export const reportStyle = layout + media;
