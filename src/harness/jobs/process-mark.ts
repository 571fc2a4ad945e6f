// What a process is like before jobs are done in it, to tell whether one has left something behind.
import { childProcesses } from '../native/child-processes.ts';
import { isInProcess } from '../native/load-library.ts';
import { processProbes } from '../native/process-probes.ts';
import { describeThreads, liveThreads } from '../native/threads.ts';
import type { RawPlugin } from '../raw-plugin.ts';

/** Taken of a process in which no plugin is loaded. */
export class ProcessMark {
  readonly #threads = liveThreads().length;
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

  /** Everything that the next job would find, beside memory; each part as a text. */
  #whatStays(): Readonly<Record<string, string>> {
    const values = { ...processProbes.state(), descriptors: [...processProbes.descriptors()], children: childProcesses() };
    return Object.fromEntries(Object.entries(values).map(([part, value]) => [part, JSON.stringify(value)]));
  }
}

function changes(parts: readonly string[]): string {
  return `it changes what belongs to the process: ${parts.join(', ')}`;
}
