// Uses a plugin once in this process and takes it out again: the libraries that it brought stay, ready for the copies that follow.
import { realpathSync } from 'node:fs';
import type { LibraryHandle } from 'koffi';
import { isInProcess, loadLibrary } from '../native/load-library.ts';
import { processProbes } from '../native/process-probes.ts';
import type { OpenRawOptions, RawPlugin } from '../raw-plugin.ts';
import { JobReader, JobWriter } from './job-channel.ts';
import { type BoundJob, type JobOrder, runJob } from './run-job.ts';

/** Held for good. */
const kept: LibraryHandle[] = [];

/**
 * Runs the job here and unloads its plugins. Returns why this process must not be copied now: what is left of a plugin, or of a
 * library that came with it, would be in every copy.
 */
export function useOnce(run: BoundJob, order: JobOrder, binding: OpenRawOptions): string | undefined {
  const { threads } = processProbes.counts();
  const before = { libraries: processProbes.libraries(), rest: whatStays(threads) };
  const reader = new JobReader();
  const opened = runJob(run, order, new JobWriter((bytes) => void reader.add(bytes)), binding);
  keepLibraries(before.libraries, opened);
  for (const plugin of opened) plugin.unload();
  if (reader.word?.kind !== 'value') return `it did not get through: ${reader.word?.error}`;
  const staying = opened.find(({ library }) => isInProcess(library));
  if (staying !== undefined) return `${staying.library} stays loaded`;
  // a closer look waits for threads that are about to end
  const after = whatStays(processProbes.counts().threads === threads ? threads : processProbes.threads().length);
  const changed = Object.keys(after).filter((part) => after[part] !== before.rest[part]);
  return changed.length > 0 ? `it changes what belongs to the process: ${changed.join(', ')}` : undefined;
}

function keepLibraries(before: ReadonlySet<string>, plugins: readonly RawPlugin[]): void {
  const own = new Set(plugins.map(({ library }) => realpathSync(library)));
  for (const path of processProbes.libraries()) if (!before.has(path) && !own.has(path)) kept.push(loadLibrary(path));
}

/** Everything that a copy would take over, beside memory; each part as a text. */
function whatStays(threads: number): Readonly<Record<string, string>> {
  const values = { ...processProbes.state(), threads, descriptors: [...processProbes.descriptors()] };
  return Object.fromEntries(Object.entries(values).map(([part, value]) => [part, JSON.stringify(value)]));
}
