// Reading of Linux's /proc, where what was listed may be gone a moment later.
import { platform } from 'node:os';
import { PlatformCannot } from '../platform-cannot.ts';
import { type Mapping, readMappings } from './memory-map.ts';

/** All mappings of this process. @throws PlatformCannot off Linux. */
export function listMappings(): Mapping[] {
  needLinux('list of mappings');
  return readMappings() ?? [];
}

/** @throws PlatformCannot off Linux, naming what is missing. */
export function needLinux(means: string): void {
  if (platform() !== 'linux') throw new PlatformCannot(means);
}

/** Undefined when the thread or descriptor has gone meanwhile. */
export function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
