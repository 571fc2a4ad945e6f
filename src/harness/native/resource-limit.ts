// Leaves a piece of work little room in one of the system's means (Linux).
import { readFileSync } from 'node:fs';
import { platform } from 'node:os';
import { collectGarbage } from '../collect-garbage.ts';
import { PlatformCannot } from '../platform-cannot.ts';
import type { LimitedMeans } from '../process-probes.ts';
import type { Pointer } from '../raw-plugin.ts';
import { systemFunction } from './c-functions.ts';
import { openDescriptors } from './process-counts.ts';

const resources: Record<LimitedMeans, number> = { files: 7, data: 2 }; // RLIMIT_NOFILE, RLIMIT_DATA

/** @throws PlatformCannot off Linux. */
export function withLimit<T>(means: LimitedMeans, room: number, work: () => T): T {
  if (platform() !== 'linux') throw new PlatformCannot('limit of files and memory for a part of the work');
  const parameters = ['int', 'void *'];
  type Call = (resource: number, limits: BigUint64Array | Uint8Array) => number;
  const getrlimit = systemFunction<Call>('getrlimit', 'int', parameters);
  const setrlimit = systemFunction<Call>('setrlimit', 'int', parameters);
  const resource = resources[means];
  if (means === 'data') collectGarbage('young'); // V8 ends the process where it lacks memory for that during the work
  const before = new BigUint64Array(2);
  getrlimit(resource, before);
  const limited = before.slice();
  const wanted = BigInt(means === 'files' ? descriptorsWithFree(room) : dataBytes() + room);
  limited[0] = wanted < (before[1] as Pointer) ? wanted : (before[1] as Pointer);
  if (setrlimit(resource, limited) !== 0) throw new PlatformCannot(`right to limit ${means}`);
  try {
    return work();
  } finally {
    setrlimit(resource, before);
  }
}

/** The limit bounds the number of a descriptor, and free numbers below the highest are used first. */
function descriptorsWithFree(room: number): number {
  const used = openDescriptors();
  let limit = 0;
  for (let free = 0; free < room; limit++) if (!used.has(limit)) free++;
  return limit;
}

function dataBytes(): number {
  return Number(/^VmData:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1] ?? 0) * 1024;
}
