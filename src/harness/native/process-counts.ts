// Counts what this process holds of the system's means, by the lists of Linux.
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs';
import { platform } from 'node:os';
import { PlatformCannot } from '../platform-cannot.ts';
import type { ProcessCounts, ThreadFacts } from '../process-probes.ts';
import { type Mapping, readMappings } from './memory-map.ts';

/** @throws PlatformCannot off Linux. */
export function countProcess(): ProcessCounts {
  return { descriptors: openDescriptors().size, threads: liveThreads().length, mappings: mappings().length };
}

/** What each open descriptor leads to. @throws PlatformCannot off Linux. */
export function openDescriptors(): Map<number, string> {
  needLinux('list of open descriptors');
  const open = new Map<number, string>();
  for (const name of readdirSync('/proc/self/fd')) {
    const target = ifThere(() => readlinkSync(`/proc/self/fd/${name}`));
    // the descriptor by which the list was read is closed again
    if (target !== undefined) open.set(Number(name), target);
  }
  return open;
}

const exiting = 0x4; // PF_EXITING: set before pthread_join can return

/** Threads that the kernel has not begun to end. @throws PlatformCannot off Linux. */
export function liveThreads(): number[] {
  needLinux('list of threads');
  return readdirSync('/proc/self/task')
    .map(Number)
    .filter((id) => {
      const fields = ifThere(() => readFileSync(`/proc/self/task/${id}/stat`, 'latin1'))?.replace(/^.*\) /s, '');
      return fields !== undefined && (Number(fields.split(' ')[6]) & exiting) === 0;
    });
}

/** Says of threads what they are and whose code they are in. */
export function describeThreads(): ThreadFacts[] {
  const known = mappings();
  return liveThreads().flatMap((id) => {
    const name = ifThere(() => readFileSync(`/proc/self/task/${id}/comm`, 'latin1').trimEnd());
    return name === undefined ? [] : [{ id, name, code: codeOf(id, known) }];
  });
}

const runtimes = /\/(libc|libm|libpthread|ld|ld-linux-[^/]*|ld-musl-[^/]*|libstdc\+\+|libgcc_s|libc\+\+|libc\+\+abi)[-.][^/]*$/;
const deepestStack = 64 * 1024;

/**
 * The instruction pointer of a blocked thread, then every word of its stack that could be a return address, until one lies
 * in a file that is no C or C++ runtime. Read through /proc/self/mem, since a thread may end and its stack go meanwhile.
 */
function codeOf(id: number, known: readonly Mapping[]): string | undefined {
  const [, stackPointer, instruction] =
    /(0x[\da-f]+) (0x[\da-f]+)\s*$/.exec(ifThere(() => readFileSync(`/proc/self/task/${id}/syscall`, 'latin1')) ?? '') ?? [];
  if (stackPointer === undefined || instruction === undefined) return undefined;
  const ownerOf = (address: bigint) => known.find(({ start, end, rights }) => rights[2] === 'x' && start <= address && address < end)?.name;
  for (const address of [BigInt(instruction), ...stackWords(BigInt(stackPointer), known)]) {
    const owner = ownerOf(address);
    if (owner?.startsWith('/') && !runtimes.test(owner)) return owner;
  }
  return undefined;
}

function stackWords(from: bigint, known: readonly Mapping[]): BigUint64Array {
  const stack = known.find(({ start, end }) => start <= from && from < end);
  if (stack === undefined) return new BigUint64Array(0);
  const bytes = new Uint8Array(Math.min(Number(stack.end - from), deepestStack) & ~7);
  const memory = openSync('/proc/self/mem', 'r');
  try {
    const read = ifThere(() => readSync(memory, bytes, 0, bytes.length, from)) ?? 0;
    return new BigUint64Array(bytes.buffer, 0, read >> 3);
  } finally {
    closeSync(memory);
  }
}

function mappings(): Mapping[] {
  needLinux('list of mappings');
  return readMappings() ?? [];
}

function needLinux(means: string): void {
  if (platform() !== 'linux') throw new PlatformCannot(means);
}

/** Undefined when the thread or descriptor has gone meanwhile. */
function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
