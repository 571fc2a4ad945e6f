// The manifest of a test plugin that has one: a line `// Manifest: {…}` of its source holds what differs from the smallest one.
import { readFileSync } from 'node:fs';
import type { NativeManifest } from '../src/manifest/native-manifest.ts';
import { parseManifest } from '../src/manifest/read-manifest.ts';

type Json = { readonly [key: string]: unknown };

/** Agrees with the plugin of broken/base.h. */
const smallest: Json = {
  manifest_version: '2.0.0',
  package_type: 'native',
  app: {
    id: 'com.example.twin',
    name: 'Broken twin',
    version: '1.0.0',
    description: 'A plugin of the tests',
    category: 'anomaly_detection',
  },
  plugin: {
    interface_version: '2.0',
    binaries: {
      'linux-x64': 'plugin.so',
      'linux-arm64': 'plugin.so',
      'windows-x64': 'plugin.dll',
      'macos-x64': 'plugin.dylib',
      'macos-arm64': 'plugin.dylib',
    },
    model: { path: 'twin.model' },
  },
  interface: {
    input: { type: 'image', formats: ['png'], color_mode: 'RGB', resolution: { width: 32, height: 24, resize_mode: 'stretch' } },
    output: { type: 'anomaly_detection', provides: ['decision', 'anomaly_score', 'confidence'] },
  },
};

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
