// The forms in which `mvas bench --report` writes; each is loaded when it is wanted.
import type { BenchResult } from '../bench/bench-plugin.ts';
import type { ReportForms } from './report-files.ts';

/** By extension. */
export const benchForms: ReportForms<BenchResult> = {
  '.json': ({ report }) => `${JSON.stringify(report, null, 2)}\n`,
  '.csv': async ({ report, timing }) => (await import('../bench/sample-table.ts')).sampleTable(report.image.path, timing.phases),
  '.html': async ({ report }) => (await import('./render/bench-page.ts')).benchHtml(report),
};
