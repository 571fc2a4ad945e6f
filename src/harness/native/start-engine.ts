// Opens a plugin in this process and times it.
import { platform } from 'node:os';
import { performance } from 'node:perf_hooks';
import { systemFunction } from './c-functions.ts';
import { openRawPlugin } from './open-raw-plugin.ts';
import { PluginEngine } from './plugin-engine.ts';
import { setLibraryFolders } from './prepare-process.ts';
import { freshArrays, reusedArrays } from './read-result.ts';

/** An engine with what its start has shown. */
export interface StartedEngine {
  readonly engine: PluginEngine;
  readonly loadTimeMs: number;
  readonly pid: number;
}

/** Loads a plugin. @throws {@link KitError} `PLUGIN_INVALID`. */
export function startEngine(library: string, options: { reuseArrays?: boolean; dependencies?: readonly string[] }): StartedEngine {
  setLibraryFolders(options.dependencies ?? []);
  const start = performance.now();
  const raw = openRawPlugin(library);
  const loadTimeMs = performance.now() - start;
  const getpid = systemFunction<() => number>(platform() === 'win32' ? '_getpid' : 'getpid', 'int', []);
  return { engine: new PluginEngine(raw, options.reuseArrays ? reusedArrays() : freshArrays), loadTimeMs, pid: getpid() };
}
