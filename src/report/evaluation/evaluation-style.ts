// How the page of an evaluation looks besides the rules of all reports.
import { curveStyle } from '../golden/curve-section.ts';

const figures = `
.tile b { font-size: 20px; } .tile small { font-size: 13px; }
.problems { border-left: 4px solid var(--fail); } .notes { border-left: 4px solid var(--review); }
.problems ul, .notes ul { margin: 6px 0 0; padding-left: 20px; overflow-wrap: anywhere; }
.threshold > p, .pictures > p { margin: 2px 0 10px; max-width: 90ch; }
.strip { width: 100%; display: block; max-height: 300px; }
.strip text { font: 11px system-ui, sans-serif; fill: var(--quiet); }
.strip .good { fill: var(--pass); } .strip .bad { fill: var(--fail); }
.strip .axis { stroke: var(--line); } .strip .at { stroke: var(--ink); stroke-width: 2; } .strip .at-best { stroke: var(--quiet); stroke-width: 1.5; stroke-dasharray: 5 4; }
.choose { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; margin: 2px 0 14px; }
.move { display: block; width: calc(100% + 16px); margin: 0 -8px; height: 32px; accent-color: var(--accent); }
.chosen { font-size: 19px; font-weight: 620; min-width: 8ch; }
.outcome { display: flex; flex-wrap: wrap; gap: 16px 40px; align-items: start; }
.outcome table { width: auto; } .outcome caption { text-align: left; padding-bottom: 4px; }
.outcome > * { min-width: 0; max-width: 100%; } .outcome .number { padding: 6px 12px; }
.confusion .right, .confusion .wrong { font-size: 20px; font-weight: 620; }
.confusion .right { background: color-mix(in srgb, var(--pass) 10%, transparent); } .confusion .wrong { background: color-mix(in srgb, var(--fail) 10%, transparent); }
`;

const pictures = `
.over { display: flex; flex-wrap: wrap; gap: 10px 16px; justify-content: space-between; align-items: center; margin-bottom: 14px; }
.layers { display: flex; gap: 6px; }
.parts { list-style: none; margin: 0; padding: 0; display: grid; gap: 14px; grid-template-columns: repeat(auto-fill, minmax(190px, 1fr)); }
.part { display: grid; gap: 3px; align-content: start; border: 1px solid var(--line); border-radius: 10px; overflow: hidden; padding-bottom: 9px; background: var(--card); }
.part > span { padding: 0 10px; } .part .name { font-weight: 550; overflow-wrap: anywhere; padding-top: 5px; }
.open { display: grid; place-items: center; aspect-ratio: 4 / 3; width: 100%; border: 0; padding: 0; background: var(--stage); cursor: zoom-in; overflow: hidden; }
span.open { cursor: default; } .open:focus-visible { outline-offset: -3px; }
.layers-of { position: relative; display: block; width: min(100%, calc(var(--ratio) * 75%)); }
.open .layers-of { width: min(100%, calc(100% * var(--ratio) * .75)); }
.layers-of img { position: absolute; inset: 0; width: 100%; height: 100%; }
[data-no-heat] .heat, [data-no-mask] .mask { display: none; }
.told { display: flex; flex-wrap: wrap; gap: 2px 10px; justify-content: space-between; }
.small { font-size: 13px; }
dialog { width: 100vw; height: 100dvh; max-width: none; max-height: none; margin: 0; padding: 0; border: 0; background: var(--page); color: var(--ink); }
dialog[open] { display: grid; grid-template-rows: auto minmax(0, 1fr); }
.caption { display: flex; flex-wrap: wrap; gap: 6px 18px; align-items: center; padding: 10px 16px; background: var(--card); border-bottom: 1px solid var(--line); }
.caption strong { font-weight: 600; overflow-wrap: anywhere; } .caption .buttons { margin-left: auto; display: flex; gap: 6px; }
.view { display: grid; place-items: center; padding: 16px; min-height: 0; background: var(--stage); }
.view .layers-of { width: min(100%, calc((100dvh - 96px) * var(--ratio))); }
@media (max-width: 620px) { .parts { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 10px; } .outcome .number { padding: 6px 7px; } .strip text { font-size: 20px; } .outcome { gap: 16px; } .outcome table { width: 100%; } }
@media print { .move, .choose, .over, dialog { display: none !important; } .part { break-inside: avoid; } .parts { grid-template-columns: repeat(4, 1fr); } }
`;

/** CSS of the page. */
export const evaluationStyle = curveStyle + figures + pictures;
