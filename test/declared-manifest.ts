// The manifest of a test plugin that has one: a line `// Manifest: {…}` of its source holds what differs from the smallest one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeManifest } from '../src/manifest/native-manifest.ts';
import { parseManifest } from '../src/manifest/read-manifest.ts';

type Json = { readonly [key: string]: unknown };

/** Agrees with the plugin of broken/base.h. */
const smallest = JSON.parse(readFileSync(join(import.meta.dirname, 'plugins/manifest.json'), 'utf8')) as Json;

/** The manifest that a source declares, undefined where it has no such line. */
export function declaredManifest(source: string): NativeManifest | undefined {
  const line = /^\/\/ Manifest: (.*)$/m.exec(readFileSync(source, 'utf8'))?.[1];
  return line === undefined ? undefined : parseManifest(merged(smallest, JSON.parse(line) as Json), source);
}

function merged(under: Json, over: Json): Json {
  const both = Object.keys(over).map((key) => [
    key,
    isObject(under[key]) && isObject(over[key]) ? merged(under[key], over[key]) : over[key],
  ]);
  return { ...under, ...Object.fromEntries(both) };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
