// uPlot's own script and style, to be written into a page that shows charts.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The text of the chart library as it was published: the script defines the global `uPlot`, both open with its copyright line. */
export function chartLibrary(): { readonly script: string; readonly style: string } {
  const read = (name: string): string => readFileSync(createRequire(import.meta.url).resolve(`uplot/dist/${name}`), 'utf8');
  return { script: read('uPlot.iife.min.js'), style: read('uPlot.min.css') };
}
