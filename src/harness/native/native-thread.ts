// A thread of the system that makes prepared calls when it is told to, and waits for the next ones in between.
import { alloc, view } from 'koffi';
import type { Pointer } from '../raw-plugin.ts';
import { callBytes, callLoopAddress } from './call-loop.ts';
import { type NativeCall, type Semaphore, type ThreadSystem, threadSystem } from './system-threads.ts';

/** Prepared calls in native memory, with room for what they return. */
class CallList {
  readonly address: Pointer;
  readonly #words: BigUint64Array;

  constructor(length: number) {
    this.address = alloc('uint64_t', (length * callBytes) / 8) as Pointer;
    this.#words = new BigUint64Array(view(this.address, length * callBytes));
    this.#words.fill(0n);
  }

  set(index: number, { function: address, values }: NativeCall): void {
    const [a = 0n, b = 0n, c = 0n] = values.map((value) => BigInt.asUintN(64, value));
    this.#words.set([address, a, b, c, 0n], (index * callBytes) / 8);
  }

  /** Goes on at another list from here; 0n ends the thread. */
  jump(index: number, to: Pointer): void {
    this.set(index, { function: 0n, values: [to] });
  }

  /** All 64 bits of the register, whatever the function's type. */
  returned(index: number): bigint {
    return this.#words[(index * callBytes) / 8 + 4] as bigint;
  }

  addressOf(index: number): Pointer {
    return this.address + BigInt(index * callBytes);
  }
}

// The thread goes round: wait, go on where the second entry leads, tell, back to the start.
const [waits, work, tells, back] = [0, 1, 2, 3];

/** One thread. */
export class NativeThread {
  readonly #round = new CallList(4);
  readonly #wanted: Semaphore;
  readonly #done: Semaphore;
  readonly #join: () => void;

  constructor(system: ThreadSystem, loop: Pointer) {
    this.#wanted = system.semaphore();
    this.#done = system.semaphore();
    this.#round.set(waits, this.#wanted.waiting);
    this.#round.set(tells, this.#done.raising);
    this.#round.jump(back, this.#round.address);
    this.#join = system.start(loop, this.#round.address);
  }

  /** Makes one call and returns when it has: what the function's register held. */
  call(call: NativeCall): bigint {
    this.#round.set(work, call);
    this.#wanted.raise();
    this.#done.wait();
    return this.#round.returned(work);
  }

  /** Begins a list of calls; `finish` waits for the last and tells what each returned. */
  begin(calls: readonly NativeCall[]): { finish(): bigint[] } {
    const list = new CallList(calls.length + 1);
    for (const [index, call] of calls.entries()) list.set(index, call);
    list.jump(calls.length, this.#round.addressOf(tells));
    this.#round.jump(work, list.address);
    this.#wanted.raise();
    return {
      finish: () => {
        this.#done.wait();
        return calls.map((_, index) => list.returned(index));
      },
    };
  }

  /** Lets it end, and waits for that: what it kept for itself alone is destroyed. */
  end(): void {
    this.#round.jump(work, 0n);
    this.#wanted.raise();
    this.#join();
  }
}

let system: ThreadSystem | undefined;

/** Starts a thread; undefined where the kit has no machine code for the processor. */
export function startNativeThread(): NativeThread | undefined {
  const loop = callLoopAddress();
  if (loop === undefined) return undefined;
  system ??= threadSystem();
  return new NativeThread(system, loop);
}
