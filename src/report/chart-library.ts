// uPlot's own script and style, to be written into a page that shows charts.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const notice = '/*! uPlot, Copyright (c) 2022 Leon Sorokin, MIT License */';

/** The text of the chart library as it was published, under its copyright line; the script defines the global `uPlot`. */
export function chartLibrary(): { readonly script: string; readonly style: string } {
  const read = (name: string): string => readFileSync(createRequire(import.meta.url).resolve(`uplot/dist/${name}`), 'utf8');
  return { script: `${notice}\n${read('uPlot.iife.min.js')}`, style: `${notice}\n${read('uPlot.min.css')}` };
}
