// The compiled kit: what starts children runs from dist, because Node 20 runs no TypeScript.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as checkRun from '../src/conformance/check-run.ts';
import type * as conform from '../src/conformance/conform.ts';

const dist = join(import.meta.dirname, '../dist');

/** The built suite. */
export function builtConformance(): Promise<typeof conform> {
  return load('conformance/conform.js');
}

/** The built start of its processes. */
export function builtCheckRun(): Promise<typeof checkRun> {
  return load('conformance/check-run.js');
}

function load<T>(file: string): Promise<T> {
  return import(pathToFileURL(join(dist, file)).href);
}
