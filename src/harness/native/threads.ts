// Lists the threads of this process and says whose code they are in (Linux).
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs';
import type { ThreadFacts } from '../process-probes.ts';
import type { Mapping } from './memory-map.ts';
import { ifThere, listMappings, needLinux } from './proc-lists.ts';

const exiting = 0x4; // PF_EXITING: set before pthread_join can return

/** A thread's state ("R" runs, "S" waits), and the CPU time it has used in ticks of 10 ms. */
interface ThreadState {
  readonly id: number;
  readonly letter: string;
  readonly ticks: number;
}

/** Threads that the kernel has not begun to end. @throws PlatformCannot off Linux. */
export function liveThreads(): number[] {
  return threadStates().map(({ id }) => id);
}

function threadStates(): ThreadState[] {
  needLinux('list of threads');
  return readdirSync('/proc/self/task').flatMap((name) => {
    const fields =
      ifThere(() => readFileSync(`/proc/self/task/${name}/stat`, 'latin1'))
        ?.replace(/^.*\) /s, '')
        .split(' ') ?? [];
    const isEnding = fields.length === 0 || (Number(fields[6]) & exiting) !== 0;
    return isEnding ? [] : [{ id: Number(name), letter: fields[0] ?? '', ticks: Number(fields[11]) + Number(fields[12]) }];
  });
}

const longestEnding = 3; // ticks of its own CPU time, which no thread needs to return from its function
const pauseMs = 1;
const mostPauses = 3000;

/**
 * Waits while a thread runs that may be on its way out: until it is gone, waits for something, or has used more CPU time
 * than an end takes. A machine without time for it is waited for.
 */
function awaitEndings(self: number): void {
  const first = new Map(threadStates().map(({ id, ticks }) => [id, ticks]));
  const isOnItsWay = ({ id, letter, ticks }: ThreadState) =>
    id !== self && letter === 'R' && ticks - (first.get(id) ?? ticks) < longestEnding;
  const cell = new Int32Array(new SharedArrayBuffer(4));
  for (let pause = 0; pause < mostPauses && threadStates().some(isOnItsWay); pause++) Atomics.wait(cell, 0, 0, pauseMs);
}

/** Says of threads what they are and whose code they are in. */
export function describeThreads(): ThreadFacts[] {
  needLinux('list of threads');
  awaitEndings(Number(readlinkSync('/proc/thread-self').split('/').at(-1)));
  const known = listMappings();
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
  const host = ifThere(() => readlinkSync('/proc/self/exe'));
  const ownerOf = (address: bigint) => known.find(({ start, end, rights }) => rights[2] === 'x' && start <= address && address < end)?.name;
  for (const address of [BigInt(instruction), ...stackWords(BigInt(stackPointer), known)]) {
    const owner = ownerOf(address);
    if (owner?.startsWith('/') && owner !== host && !runtimes.test(owner)) return owner;
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
