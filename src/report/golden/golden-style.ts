// How the page of golden images looks.
import { curveStyle } from './curve-section.ts';

const frame = `
.work { display: grid; gap: 14px; grid-template-columns: minmax(0, 1fr); }
.split { display: grid; grid-template-columns: 270px minmax(0, 1fr); gap: 18px; align-items: start; }
.list { position: sticky; top: 12px; max-height: calc(100vh - 24px); overflow: auto; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.list ol { list-style: none; margin: 0; padding: 6px; }
.list a { display: grid; grid-template-columns: 56px minmax(0, 1fr); gap: 1px 10px; padding: 6px; border-radius: 8px; text-decoration: none; align-items: center; }
.list a:hover { background: var(--page); }
.list a[aria-current] { background: var(--page); box-shadow: inset 3px 0 0 var(--accent); }
.list a:focus-visible { outline-offset: -2px; }
.list img, .blank { grid-row: span 2; width: 56px; height: 44px; object-fit: cover; border-radius: 6px; background: var(--stage); }
.list .name { font-size: 14px; font-weight: 550; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; align-self: end; }
.list .what { font-size: 13px; align-self: start; display: flex; justify-content: space-between; gap: 6px; }
.detail { display: grid; gap: 14px; grid-template-columns: minmax(0, 1fr); }
.viewer { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 10px 16px; align-items: center; }
.tools { display: flex; flex-wrap: wrap; gap: 6px; }
.zoom { display: inline-flex; }
.zoom .button { border-radius: 0; margin-left: -1px; }
.zoom .button:first-child { border-radius: 8px 0 0 8px; } .zoom .button:last-child { border-radius: 0 8px 8px 0; }
.legends { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: 6px 24px; font-size: 13px; }
.legend { display: inline-flex; align-items: center; gap: 8px; }
.legend i { width: 90px; height: 10px; border-radius: 5px; }
.case { background: var(--card); border: 1px solid var(--line); border-radius: 12px; box-shadow: var(--shadow); padding: 16px 18px; margin: 0; }
.case + .case { margin-top: 16px; }
.chosen .case:not([data-current]) { display: none; }
#stages:focus { outline: none; }
.case header { display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: baseline; }
.verdicts { margin: 0; flex-basis: 100%; }
.reasons { margin: 10px 0 0; padding: 8px 12px 8px 28px; border-left: 3px solid var(--fail); background: color-mix(in srgb, var(--fail) 7%, transparent); border-radius: 0 8px 8px 0; }
.checks { margin-top: 16px; }
.small { font-size: 13px; }
.checks table { min-width: 540px; }
.checks td { overflow-wrap: anywhere; } .checks td.number, .checks td:last-child { white-space: nowrap; }
.checks tbody th { color: var(--ink); white-space: nowrap; }
.environment { margin-top: 12px; } .environment summary { cursor: pointer; width: fit-content; }
`;

const stages = `
.stages { display: flex; gap: 12px; margin-top: 12px; justify-content: flex-start; }
.stage { position: relative; margin: 0; flex: 1 1 0; min-width: 0; max-width: calc(62vh * var(--ratio)); overflow: auto; border-radius: 8px; background: var(--stage); }
.canvas { position: relative; width: calc(100% * var(--zoom, 1)); overflow: hidden; }
.canvas > img, .layer, .layer > * { position: absolute; inset: 0; width: 100%; height: 100%; }
.sharp .canvas img { image-rendering: pixelated; }
.layer { display: none; }
.layer .own { display: none; }
[data-source="own"] .layer .own { display: block; } [data-source="own"] .layer:has(.own) .boxes, [data-source="own"] .layer:has(.own) .heat { display: none; }
[data-layers="off"] .layer .heat, [data-layers="off"] .layer .boxes { display: none; }
.boxes rect { fill: none; stroke-width: 2.5; vector-effect: non-scaling-stroke; stroke: #35e07f; }
.boxes .missing { stroke: #ff4f5e; stroke-dasharray: 7 5; } .boxes .extra { stroke: #ff9d2e; } .boxes .moved, .boxes .relabelled { stroke: #5cc8ff; }
.wanted .moved, .wanted .relabelled { stroke-dasharray: 7 5; }
.stage figcaption { position: sticky; left: 0; bottom: 0; padding: 6px 10px; font-size: 13px; background: var(--card); border-top: 1px solid var(--line); }
.stage { border: 1px solid var(--line); }
.stage figcaption span { display: none; }
.cut, .handle { display: none; }
.twin { display: none; }
[data-view="expected"] .layer.expected, [data-view="actual"] .layer.actual, [data-view="difference"] .layer.difference { display: block; }
[data-view="expected"] .says-expected, [data-view="actual"] .says-actual, [data-view="difference"] .says-difference { display: inline; }
[data-view="side"] .twin { display: block; }
[data-view="side"] .stages:has(.twin) .stage:not(.twin) .layer.expected, [data-view="side"] .twin .layer.actual { display: block; }
[data-view="side"] .stages:has(.twin) .stage:not(.twin) .says-expected, [data-view="side"] .twin .says-actual { display: inline; }
[data-view="side"] .stages:not(:has(.twin)) .layer.actual, [data-view="side"] .stages:not(:has(.twin)) .says-actual { display: inline; }
[data-view="slider"] .layer.expected, [data-view="slider"] .layer.actual { display: block; }
[data-view="slider"] .layer.expected { clip-path: inset(0 calc(100% - var(--cut, 50%)) 0 0); }
[data-view="slider"] .layer.actual { clip-path: inset(0 0 0 var(--cut, 50%)); }
[data-view="slider"] .handle { display: block; position: absolute; top: 0; bottom: 0; left: var(--cut, 50%); width: 3px; margin-left: -1.5px; background: #fff; box-shadow: 0 0 0 1px #000a; pointer-events: none; }
[data-view="slider"] .handle::after { content: "⇔"; position: absolute; top: 50%; left: 50%; translate: -50% -50%; width: 34px; height: 34px; line-height: 33px; text-align: center; border-radius: 50%; background: #fff; color: #14161b; box-shadow: 0 0 0 1px #0006; }
[data-view="slider"] .cut { display: block; position: absolute; inset: 0 0 34px; width: 100%; height: calc(100% - 34px); margin: 0; opacity: 0; cursor: ew-resize; touch-action: pan-y; }
[data-view="slider"] .stage:has(.cut:focus-visible) { outline: 2px solid var(--focus); outline-offset: 2px; }
[data-view="slider"] figcaption { display: flex; justify-content: space-between; } [data-view="slider"] .says-expected, [data-view="slider"] .says-actual { display: inline; }
[data-view="blink"][data-shown="expected"] .layer.expected, [data-view="blink"][data-shown="actual"] .layer.actual { display: block; }
[data-view="blink"][data-shown="expected"] .says-expected, [data-view="blink"][data-shown="actual"] .says-actual { display: inline; font-weight: 600; }
.signed-legend { display: none; } [data-view="difference"] .signed-legend { display: inline-flex; } [data-view="difference"] .heat-legend { display: none; }
`;

const rest = `
@media (max-width: 900px) {
  .split { grid-template-columns: minmax(0, 1fr); }
  .list { position: static; max-height: none; overflow-x: auto; }
  .list ol { display: flex; gap: 4px; }
  .list li { flex: 0 0 132px; } .list a { grid-template-columns: minmax(0, 1fr); } .list img, .blank { width: 100%; height: 76px; grid-row: auto; }
  .list a[aria-current] { box-shadow: inset 0 -3px 0 var(--accent); }
  .viewer { grid-template-columns: minmax(0, 1fr); }
  [data-view="side"] .stages { flex-direction: column; }
  .stage { max-width: none; flex: none; width: 100%; }
}
@media (max-width: 620px) {
  .checks table { min-width: 0; font-size: 12px; }
  .checks th, .checks td { padding: 6px 3px; } .checks tbody th { white-space: normal; overflow-wrap: normal; min-width: 7em; font-size: 11.5px; }
  .checks thead th { white-space: nowrap; } .small { font-size: 11px; }
}
@media print {
  .list, .viewer, figcaption .cut { display: none; }
  .split { display: block; }
  .chosen .case:not([data-current]), .case { display: block; break-inside: avoid; margin-bottom: 12pt; }
  [data-view="side"] .stages { flex-direction: row; } .stage { width: auto; flex: 1 1 0; max-width: 8.6cm; }
  .case[data-holds] .checks .scroll { display: none; } .checks table { min-width: 0; font-size: 9pt; }
}
`;

/** CSS of the page. */
export const goldenStyle = curveStyle + frame + stages + rest;
