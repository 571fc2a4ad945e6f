// All probes of this process, as jobs are given them.
import { platform } from 'node:os';
import type { ProcessProbes } from '../process-probes.ts';
import type { Pointer } from '../raw-plugin.ts';
import { systemFunction } from './c-functions.ts';
import { withCommaLocale } from './comma-locale.ts';
import { loadLibrary, mappedLibraries } from './load-library.ts';
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
  libraries: mappedLibraries,
  threads: describeThreads,
  cpuTimeMs,
  withLimit,
  inFolder,
  withOrdinaryRights,
  withCommaLocale,
};

let clock: (() => number) | undefined;

/** POSIX counts in millionths of a second; the function of that name on Windows tells the time of day. */
function cpuTimeMs(): number {
  clock ??= platform() === 'win32' ? windowsClock() : systemFunction<() => number>('clock', 'long', []);
  return Number(clock()) / 1000;
}

/** GetProcessTimes counts in tenths of a millionth of a second: creation, end, in the system, in the program. */
function windowsClock(): () => number {
  const kernel = loadLibrary('kernel32.dll');
  const current = kernel.func('GetCurrentProcess', 'void *', [])() as Pointer;
  const getTimes = kernel.func(
    'GetProcessTimes',
    'int',
    Array.from({ length: 5 }, () => 'void *'),
  );
  const [creation, end, inSystem, inProgram] = Array.from({ length: 4 }, () => new BigUint64Array(1)) as [
    BigUint64Array,
    BigUint64Array,
    BigUint64Array,
    BigUint64Array,
  ];
  return () => {
    getTimes(current, creation, end, inSystem, inProgram);
    return Number((inSystem[0] as bigint) + (inProgram[0] as bigint)) / 10;
  };
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
