// All probes of this process, as jobs are given them.
import { platform } from 'node:os';
import { PlatformCannot } from '../platform-cannot.ts';
import type { ProcessProbes } from '../process-probes.ts';
import { systemFunction } from './c-functions.ts';
import { withCommaLocale } from './comma-locale.ts';
import { heapInUse } from './heap-use.ts';
import { withOrdinaryRights } from './ordinary-rights.ts';
import { countProcess, openDescriptors } from './process-counts.ts';
import { readProcessState } from './process-state.ts';
import { withLimit } from './resource-limit.ts';
import { describeThreads } from './threads.ts';

/** The probes; each looks anew. */
export const processProbes: ProcessProbes = {
  state: readProcessState,
  counts: countProcess,
  descriptors: openDescriptors,
  threads: describeThreads,
  heapInUse,
  cpuTimeMs,
  withLimit,
  inFolder,
  withOrdinaryRights,
  withCommaLocale,
};

let clock: (() => number) | undefined;

/** POSIX counts in millionths of a second; the function of that name on Windows tells the time of day. */
function cpuTimeMs(): number {
  if (platform() === 'win32') throw new PlatformCannot('CPU time of the process');
  clock ??= systemFunction<() => number>('clock', 'long', []);
  return Number(clock()) / 1000;
}

/** Node keeps a copy of the working directory, which stays as it is. */
function inFolder<T>(folder: string, work: () => T): T {
  const { cwd } = readProcessState();
  const [name, text] = platform() === 'win32' ? ['_wchdir', 'str16'] : ['chdir', 'str'];
  const change = systemFunction<(path: string) => number>(name, 'int', [text]);
  if (change(folder) !== 0) throw new Error(`${folder} cannot become the working directory`);
  try {
    return work();
  } finally {
    change(cwd);
  }
}
