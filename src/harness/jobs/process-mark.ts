// What a process is like before jobs are done in it, to tell whether one has left something behind.
import { readFileSync, realpathSync } from 'node:fs';
import type { LibraryHandle } from 'koffi';
import { isInProcess, loadLibrary } from '../native/load-library.ts';
import { ifThere } from '../native/proc-lists.ts';
import { processProbes } from '../native/process-probes.ts';
import { describeThreads, liveThreads } from '../native/threads.ts';
import type { RawPlugin } from '../raw-plugin.ts';

/** Held for good. */
const kept: LibraryHandle[] = [];

/** Taken of a process in which no plugin is loaded. */
export class ProcessMark {
  readonly #threads = liveThreads().length;
  readonly #libraries = processProbes.libraries();
  readonly #rest = this.#whatStays();

  /**
   * Takes a job's plugins out of the process. Returns why the process must do no other job: what is left of a plugin would be there, too.
   * Plugins whose threads go on stay loaded.
   */
  takeOut(plugins: readonly RawPlugin[]): string | undefined {
    for (const plugin of plugins) if (plugin.isLoaded && plugin.exports.has('mvas_cleanup')) plugin.cleanup();
    // a closer look waits for threads that are about to end
    if (liveThreads().length > this.#threads && describeThreads().length > this.#threads) return changes(['threads']);
    for (const plugin of plugins) plugin.unload();
    const staying = plugins.find(({ library }) => isInProcess(library));
    if (staying !== undefined) return `${staying.library} stays loaded`;
    const after = this.#whatStays();
    const changed = Object.keys(after).filter((part) => after[part] !== this.#rest[part]);
    return changed.length > 0 ? changes(changed) : undefined;
  }

  /** Keeps the libraries that came with plugins, but not these themselves. */
  keepLibraries(plugins: readonly RawPlugin[]): void {
    const own = new Set(plugins.map(({ library }) => realpathSync(library)));
    for (const path of processProbes.libraries()) if (!this.#libraries.has(path) && !own.has(path)) kept.push(loadLibrary(path));
  }

  /** Everything that the next job would find, beside memory; each part as a text. */
  #whatStays(): Readonly<Record<string, string>> {
    const values = { ...processProbes.state(), descriptors: [...processProbes.descriptors()], children: children() };
    return Object.fromEntries(Object.entries(values).map(([part, value]) => [part, JSON.stringify(value)]));
  }
}

/** Processes that were started here and have not been waited for. */
function children(): readonly string[] {
  return liveThreads()
    .flatMap((id) => ifThere(() => readFileSync(`/proc/self/task/${id}/children`, 'latin1')) ?? [])
    .filter(Boolean);
}

function changes(parts: readonly string[]): string {
  return `it changes what belongs to the process: ${parts.join(', ')}`;
}
