// Copies this process by fork(2): Linux only, and only for a Node that runs everything on one thread.
import { systemFunction } from './c-functions.ts';
import { type Mapping, readMappings } from './memory-map.ts';

const doFork = 11; // MADV_DOFORK
const nonBlockingCheck = 1; // WNOHANG
const closeOnExec = 0o2000000;
const childSignal = 17; // SIGCHLD
const subreaper = 36; // PR_SET_CHILD_SUBREAPER

const fork = systemFunction<() => number>('fork', 'int', []);
const madvise = systemFunction<(at: bigint, bytes: bigint, advice: number) => number>('madvise', 'int', ['uint64_t', 'uint64_t', 'int']);
const waitpid = systemFunction<(pid: number, status: Int32Array, options: number) => number>('waitpid', 'int', ['int', 'void *', 'int']);
const pipe2 = systemFunction<(ends: Int32Array, flags: number) => number>('pipe2', 'int', ['void *', 'int']);
const dup2 = systemFunction<(from: number, to: number) => number>('dup2', 'int', ['int', 'int']);
const close = systemFunction<(descriptor: number) => number>('close', 'int', ['int']);
const setpgid = systemFunction<(pid: number, group: number) => number>('setpgid', 'int', ['int', 'int']);
const signal = systemFunction<(number: number, handler: bigint) => bigint>('signal', 'void *', ['int', 'void *']);
const prctl = systemFunction<(option: number, value: number) => number>('prctl', 'int', ['int', 'long']);

/** A child that has ended: how, by signal number or exit code. */
export interface Reaped {
  readonly pid: number;
  readonly signal: number | undefined;
  readonly code: number | undefined;
}

/** Reading and writing end of a new pipe. */
export function makePipe(): { readEnd: number; writeEnd: number } {
  const ends = new Int32Array(2);
  if (pipe2(ends, closeOnExec) !== 0) throw new Error('no pipe can be made');
  return { readEnd: ends[0] as number, writeEnd: ends[1] as number };
}

/** Closes a descriptor that no stream owns. */
export function closeDescriptor(descriptor: number): void {
  close(descriptor);
}

// All but the kernel's own pages, whose place is fixed and which would end the advice with an error.
const lowest = 65536n;
const copied = rangesAround((readMappings() ?? []).filter(({ name }) => /^\[(v|stack)/.test(name)));

function rangesAround(mappings: readonly Mapping[]): { from: bigint; bytes: bigint }[] {
  const ends = [lowest, ...mappings.map(({ end }) => end)];
  return mappings.map(({ start }, index) => ({ from: ends[index] as bigint, bytes: start - (ends[index] as bigint) }));
}

/**
 * Copies the process; 0 in the copy, the copy's id in the original, which makes it the leader of a group of its own.
 * V8 excludes its heap from copies. That is undone for the whole address space, holes included, just before:
 * whatever is allocated between the two would be missing in the copy.
 */
export function copyProcess(): number {
  for (const { from, bytes } of copied) madvise(from, bytes, doFork);
  const pid = fork();
  if (pid < 0) throw new Error('the process cannot be copied');
  // both sides do it, so that neither has to wait for the other
  setpgid(pid, pid);
  return pid;
}

/**
 * In a fresh copy: takes the given descriptors as 1, 2, …, closes the others of jobs, and forgets the original's children.
 * What Node itself has open stays: it would abort over a missing one.
 */
export function settleCopy(descriptors: readonly number[], others: Iterable<number>): void {
  descriptors.forEach((descriptor, index) => {
    dup2(descriptor, index + 1);
    close(descriptor);
  });
  for (const descriptor of others) close(descriptor);
  signal(childSignal, 0n);
}

/** Makes orphans of the copies children of this process, so that they can be found. */
export function adoptOrphans(): void {
  prctl(subreaper, 1);
}

/** All children that have ended since the last call. */
export function reapChildren(): Reaped[] {
  const reaped: Reaped[] = [];
  const status = new Int32Array(1);
  for (;;) {
    const pid = waitpid(-1, status, nonBlockingCheck);
    if (pid <= 0) return reaped;
    const value = status[0] as number;
    const number = value & 0x7f;
    reaped.push(number === 0 ? { pid, signal: undefined, code: (value >> 8) & 0xff } : { pid, signal: number, code: undefined });
  }
}

/** Waits until no child is left; each was killed before. */
export function awaitChildren(): void {
  while (waitpid(-1, new Int32Array(1), 0) > 0);
}
