// A thread of the system that makes prepared calls when it is told to, and waits for the next ones in between.
import type { Pointer } from '../raw-plugin.ts';
import { CallList } from './call-list.ts';
import { callLoopAddress } from './call-loop.ts';
import { type NativeCall, type Semaphore, type ThreadSystem, threadSystem } from './system-threads.ts';

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

  /** Makes a list of calls that jumps to `end`. */
  run(list: Pointer): void {
    this.#send(list);
    this.#done.wait();
  }

  /** Where a list leads when its calls are made. */
  get end(): Pointer {
    return this.#round.addressOf(tells);
  }

  /** Begins a list of calls; `finish` waits for the last and tells what each returned. */
  begin(calls: readonly NativeCall[]): { finish(): bigint[] } {
    const list = new CallList(calls.length + 1);
    for (const [index, call] of calls.entries()) list.set(index, call);
    list.jump(calls.length, this.end);
    this.#send(list.address);
    return {
      finish: () => {
        this.#done.wait();
        return calls.map((_, index) => list.returned(index));
      },
    };
  }

  /** Lets it end, and waits for that: what it kept for itself alone is destroyed. */
  stop(): void {
    this.#send(0n);
    this.#join();
  }

  /** Lets the waiting thread go on at a list of calls, which leads back to `end`; 0n ends it. */
  #send(list: Pointer): void {
    this.#round.jump(work, list);
    this.#wanted.raise();
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
