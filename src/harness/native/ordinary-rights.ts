// Does work with the rights of an ordinary user of files, also where the process is root's: containers run that way.
import { platform } from 'node:os';
import { systemFunction } from './c-functions.ts';

const version = 0x2008_0522; // _LINUX_CAPABILITY_VERSION_3
const overriding = 0b110; // CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH

/** On Linux the modes of files and folders count for root too, while the work is done; elsewhere nothing changes. */
export function withOrdinaryRights<T>(work: () => T): T {
  if (platform() !== 'linux') return work();
  type Call = (header: Uint32Array | Uint8Array, data: Uint32Array) => number;
  const [get, set] = ['capget', 'capset'].map((name) => systemFunction<Call>(name, 'int', ['void *', 'void *'])) as [Call, Call];
  const header = Uint32Array.of(version, 0);
  const before = new Uint32Array(6); // effective, permitted, inheritable: the low 32 of each, then the high
  if (get(header, before) !== 0) return work();
  const reduced = before.slice();
  reduced[0] = (before[0] as number) & ~overriding;
  set(header, reduced);
  try {
    return work();
  } finally {
    set(header, before);
  }
}
