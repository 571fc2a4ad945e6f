// How much memory a process has needed at most.
import { readFileSync } from 'node:fs';

/**
 * Highest resident memory of this process, in bytes; `maxRss` is what getrusage tells, in KiB. Linux' own counter starts at exec; getrusage
 * there still knows the parent's.
 */
export function peakMemory(maxRss: number): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(statusText())?.[1];
  return 1024 * Number(kilobytes ?? maxRss);
}

function statusText(): string {
  try {
    return readFileSync('/proc/self/status', 'latin1');
  } catch {
    return ''; // no such file on this system
  }
}
