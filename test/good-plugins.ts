// The correct plugins that no check may speak against, and how each is judged.
import type { ProfileName } from '../src/conformance/profiles.ts';

/** One correct plugin. */
export interface GoodPlugin {
  /** Below test/plugins/good. */
  readonly source: string;
  readonly profile: ProfileName;
  /** What compiles it, where not every machine has that. */
  readonly tool?: string;
  /** Systems that it is written for; default all. */
  readonly only?: 'posix';
}

/** Languages, ways with memory, threads and formats, and one from before the contract; the guides hold one more in C and one in Go. */
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
  { source: 'legacy.c', profile: 'basic' },
];
