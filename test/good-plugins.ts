// The correct plugins that no check may speak against, and how each is judged.
import { join } from 'node:path';
import type { ProfileName } from '../src/conformance/profiles.ts';

/** One correct plugin. */
export interface GoodPlugin {
  /** Below test/plugins/good. */
  readonly source: string;
  readonly profile: ProfileName;
  /** Its list of known problems. */
  readonly baseline?: string;
  /** What compiles it, where not every machine has that. */
  readonly tool?: string;
  /** Systems that it is written for; default all. */
  readonly only?: 'posix';
}

const folder = join(import.meta.dirname, 'plugins/good');

/** Languages, ways with memory, threads and formats, and one from before the contract. */
export const goodPlugins: readonly GoodPlugin[] = [
  { source: 'plain.c', profile: 'strict' },
  { source: 'plain.cpp', profile: 'strict' },
  { source: 'sdk.cpp', profile: 'strict' },
  { source: 'threads.cpp', profile: 'strict' },
  { source: 'single.c', profile: 'strict' },
  { source: 'gray.c', profile: 'strict' },
  { source: 'mapped.c', profile: 'strict', only: 'posix' },
  { source: 'static.c', profile: 'strict' },
  { source: 'minimal.c', profile: 'strict' },
  { source: 'rust.rs', profile: 'strict', tool: 'rustc' },
  { source: 'go/plugin.go', profile: 'standard', tool: 'go', baseline: join(folder, 'go/conformance.baseline.json') },
  { source: 'legacy.c', profile: 'basic' },
];
