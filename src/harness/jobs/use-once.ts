// Uses a plugin once in this process and takes it out again: the libraries that it brought stay, ready for the copies that follow.
import { realpathSync } from 'node:fs';
import type { LibraryHandle } from 'koffi';
import { loadLibrary, mappedLibraries } from '../native/load-library.ts';
import type { OpenRawOptions, RawPlugin } from '../raw-plugin.ts';
import { JobWriter } from './job-channel.ts';
import { ProcessMark } from './process-mark.ts';
import { type BoundJob, doJob, type JobOrder } from './run-job.ts';

/** Held for good. */
const kept: LibraryHandle[] = [];

/** What came of the one use. */
export interface Use {
  /** Why this process must not be copied now: what is left of a plugin, or of a library that came with it, would be in every copy. */
  readonly obstacle: string | undefined;
  /** What the job returned; undefined where it did not get through. */
  readonly value?: unknown;
}

/** Runs the job here and unloads its plugins. */
export function useOnce(run: BoundJob, order: JobOrder, binding: OpenRawOptions): Use {
  const mark = new ProcessMark();
  const before = mappedLibraries();
  const { word, opened } = doJob(run, order, new JobWriter(() => undefined), binding);
  keepLibraries(before, opened);
  const left = mark.takeOut(opened);
  return word.kind === 'value' ? { obstacle: left, value: word.value } : { obstacle: `it did not get through: ${word.error}` };
}

function keepLibraries(before: ReadonlySet<string>, plugins: readonly RawPlugin[]): void {
  const own = new Set(plugins.map(({ library }) => realpathSync(library)));
  for (const path of mappedLibraries()) if (!before.has(path) && !own.has(path)) kept.push(loadLibrary(path));
}
