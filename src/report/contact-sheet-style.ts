// How the contact sheet looks.

const page = `
header, main { max-width: 1500px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 24px; }
h1 { font-size: 22px; line-height: 1.25; font-weight: 650; margin: 0; overflow-wrap: anywhere; }
.lead { margin: 4px 0 0; }
.facts { margin: 12px 0 0; }
.facts summary { cursor: pointer; width: fit-content; }
.facts dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 8px 0 0; }
.facts dt { color: var(--quiet); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.bar { position: sticky; top: 0; z-index: 1; background: var(--page); border-bottom: 1px solid var(--line); margin-top: 16px; }
.bar > div { max-width: 1500px; margin: 0 auto; padding: 10px 24px; display: flex; flex-wrap: wrap; gap: 10px 20px; align-items: center; }
.filter { display: flex; flex-wrap: wrap; gap: 6px; border: 0; margin: 0; padding: 0; }
.filter label { cursor: pointer; padding: 5px 12px; border: 1px solid var(--line); border-radius: 999px; background: var(--card); white-space: nowrap; }
.filter label:has(:checked) { background: var(--ink); border-color: var(--ink); color: var(--page); }
.filter label:has(:checked) .mark { color: inherit; }
.filter label:has(:focus-visible) { outline: 2px solid var(--focus); outline-offset: 2px; }
.filter input { position: absolute; opacity: 0; }
.tools { display: flex; flex-wrap: wrap; gap: 10px; margin-left: auto; align-items: center; }
.tools input, .tools select { padding: 5px 10px; border: 1px solid var(--line); border-radius: 8px; background: var(--card); min-width: 0; }
.legend { display: flex; align-items: center; gap: 8px; font-size: 13px; color: var(--quiet); }
.legend i { width: 110px; height: 10px; border-radius: 5px; }
main { padding-top: 20px; padding-bottom: 48px; }
.nothing { padding: 48px 0; text-align: center; }
.mark { font-weight: 700; }
[data-decision="fail"] .mark { color: var(--fail); }
[data-decision="review"] .mark { color: var(--review); }
[data-decision="pass"] .mark { color: var(--pass); }
[data-decision="error"] .mark { color: var(--error); }
[data-decision="other"] .mark { color: var(--other); }
`;

const cards = `
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(236px, 1fr)); gap: 16px; margin: 0; padding: 0; list-style: none; }
.card { display: flex; flex-direction: column; background: var(--card); border: 1px solid var(--line); border-top: 4px solid var(--tone); border-radius: 10px; overflow: hidden; }
.card[data-decision="fail"] { --tone: var(--fail); }
.card[data-decision="review"] { --tone: var(--review); }
.card[data-decision="pass"] { --tone: var(--pass); }
.card[data-decision="error"] { --tone: var(--error); }
.card[data-decision="other"] { --tone: var(--other); }
.stage { display: block; position: relative; aspect-ratio: 4 / 3; background: var(--stage); cursor: zoom-in; }
.stage:focus-visible { outline-offset: -3px; }
.stage img { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: contain; }
div.stage { cursor: default; overflow: auto; padding: 14px; font-size: 13px; overflow-wrap: anywhere; }
.text { padding: 10px 12px 12px; display: grid; gap: 6px; }
.name { font-weight: 550; overflow-wrap: anywhere; line-height: 1.3; }
.verdict { display: flex; justify-content: space-between; gap: 8px; align-items: baseline; }
.score { height: 5px; border-radius: 3px; background: var(--stage); overflow: hidden; }
.score i { display: block; height: 100%; background: var(--tone); border-radius: 3px; }
.small { font-size: 13px; display: flex; flex-wrap: wrap; gap: 2px 12px; }
body:has(input[value="fail"]:checked) .card:not([data-decision="fail"]),
body:has(input[value="review"]:checked) .card:not([data-decision="review"]),
body:has(input[value="pass"]:checked) .card:not([data-decision="pass"]),
body:has(input[value="error"]:checked) .card:not([data-decision="error"]),
body:has(input[value="other"]:checked) .card:not([data-decision="other"]),
.card[data-unwanted] { display: none; }
`;

const viewer = `
dialog { width: 100vw; height: 100dvh; max-width: none; max-height: none; margin: 0; padding: 0; border: 0; background: #0d0f13; color: #e9ebef; }
dialog[open] { display: grid; grid-template-rows: auto 1fr; }
dialog .caption { display: flex; flex-wrap: wrap; gap: 6px 16px; align-items: center; padding: 10px 16px; background: #1d2027; }
dialog .caption strong { overflow-wrap: anywhere; font-weight: 600; }
dialog .buttons { margin-left: auto; display: flex; gap: 6px; }
dialog button { background: #31353f; border: 0; border-radius: 8px; padding: 6px 12px; cursor: pointer; color: #e9ebef; }
dialog button:hover { background: #434956; }
dialog button[aria-pressed="true"] { background: #e9ebef; color: #14161b; }
dialog .quiet { color: #9aa3b2; }
dialog :focus-visible { outline-color: #7aa7ff; }
dialog .view { min-height: 0; padding: 16px; }
dialog .view img { display: block; width: 100%; height: 100%; object-fit: contain; image-rendering: auto; }
@media (max-width: 560px) {
  header, main, .bar > div { padding-left: 14px; padding-right: 14px; }
  .cards { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 10px; }
  .tools { margin-left: 0; width: 100%; }
  .bar { position: static; }
  .tools label:has(input) { flex: 1; }
  .tools input { width: 100%; }
  .legend { width: 100%; }
  dialog .buttons { margin-left: 0; }
}
@media print { .bar, dialog { display: none; } .card { break-inside: avoid; } }
`;

/** CSS of the contact sheet. */
export const contactSheetStyle = page + cards + viewer;
