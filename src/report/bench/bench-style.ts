// How charts and tables of a benchmark look besides the rules of all reports.
import { chartLibrary } from '../chart-library.ts';

const own = `
.chart { margin: 0; min-width: 0; }
.chart-head { display: flex; flex-wrap: wrap; gap: 8px 16px; justify-content: space-between; align-items: center; margin-bottom: 8px; }
.zoom { display: flex; gap: 6px; }
.plot { min-height: 200px; border-radius: 6px; }
.chart figcaption { font-size: 14px; margin-top: 6px; max-width: 90ch; }
.u-legend { font-size: 13px; text-align: left; font-variant-numeric: tabular-nums; }
.u-legend th, .u-legend td { border: 0; padding: 2px 4px; }
.u-select { background: color-mix(in srgb, var(--accent) 18%, transparent); }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(420px, 100%), 1fr)); gap: 20px; }
.panel { display: grid; gap: 20px; grid-template-columns: minmax(0, 1fr); }
td.number + td:not(.number), th.number + th:not(.number) { padding-left: 12px; }
.tiles { grid-template-columns: repeat(auto-fill, minmax(148px, 1fr)); }
.tile { padding: 10px 12px; }
.tile b { font-size: 19px; }
.tile small { display: block; font-size: 13px; }
.tile b { font-variant-numeric: tabular-nums; }
.problems { border-left: 4px solid var(--fail); }
.problems ul, .notes ul { margin: 6px 0 0; padding-left: 20px; overflow-wrap: anywhere; }
.notes { border-left: 4px solid var(--review); }
.tabs { position: sticky; top: 0; z-index: 2; background: var(--page); padding: 8px 0; }
.card > h2 { margin-bottom: 10px; }
td.number { white-space: nowrap; }
@media print { td.number { white-space: normal; } th, td { padding-right: 6px; } .panel { break-before: auto; } .tabs, .zoom { display: none !important; } .u-legend { display: none; } .panel > h2 { position: static; width: auto; height: auto; clip-path: none; } }
@media (max-width: 620px) { .tabs { position: static; } .u-legend { font-size: 12px; } }
`;

/** CSS of a benchmark's page. */
export function benchStyle(): string {
  return chartLibrary().style + own;
}
