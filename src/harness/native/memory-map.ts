// What of this process's address space can be read, as the system lists it.
import { readFileSync } from 'node:fs';
import { platform } from 'node:os';
import type { Pointer } from '../raw-plugin.ts';

/** One mapping of /proc/self/maps. */
export interface Mapping {
  readonly start: Pointer;
  readonly end: Pointer;
  /** "rw-p": read, write, execute, private or shared. */
  readonly rights: string;
  /** File or "[stack]"; '' for anonymous memory. */
  readonly name: string;
}

/** All mappings in order of address; undefined where the platform has no such list. */
export function readMappings(): Mapping[] | undefined {
  if (platform() !== 'linux') return undefined;
  return readFileSync('/proc/self/maps', 'latin1').trimEnd().split('\n').map(parseMapping);
}

/** Bytes that can be read from an address on; 0 for none, undefined where the platform cannot tell. */
export function readableExtent(address: Pointer): number | undefined {
  const mappings = readMappings();
  if (mappings === undefined) return undefined;
  let end = address;
  for (const mapping of mappings) {
    if (mapping.start <= end && end < mapping.end && mapping.rights.startsWith('r')) end = mapping.end;
  }
  return Number(end - address);
}

function parseMapping(line: string): Mapping {
  const [range = '', rights = '', , , , ...name] = line.split(/ +/);
  const [start = '', end = ''] = range.split('-');
  return { start: BigInt(`0x${start}`), end: BigInt(`0x${end}`), rights, name: name.join(' ') };
}
