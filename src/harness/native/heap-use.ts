// Weighs calls: how much memory of the C library they leave allocated, to the byte.
import { alloc, call, proto, view } from 'koffi';
import { PlatformCannot } from '../platform-cannot.ts';
import type { Pointer } from '../raw-plugin.ts';
import { systemSymbol } from './c-functions.ts';
import { CallList } from './call-list.ts';
import { callLoopAddress } from './call-loop.ts';
import type { NativeCall } from './system-threads.ts';

const means = 'sum of allocated memory (mallinfo2)';
// glibc's struct mallinfo2: ten words, sums over all arenas
const words = 10;
/** Bytes in blocks that were mapped one by one, and bytes in use in heaps; freed blocks that a thread keeps for itself count as in use. */
const [hblkhd, uordblks] = [4, 7];

/** Where lists of calls are made. */
export interface ListMaker {
  /** Where the last entry of a list jumps to. */
  readonly end: Pointer;
  run(list: Pointer): void;
}

/** This thread, which JavaScript runs on too. */
function here(): ListMaker {
  const loop = callLoopAddress();
  if (loop === undefined) throw new PlatformCannot(means);
  const type = proto('void *', ['void *']);
  return { end: 0n, run: (list) => void call(loop, type, list) };
}

/** Makes calls, each with a look at the heap right before and right after it: the host allocates and frees nothing in between. */
export class HeapScale {
  /** By how much what is in use has grown in the calls so far. */
  bytes = 0;
  readonly #list = new CallList(4);
  readonly #before = new Sums();
  readonly #after = new Sums();
  readonly #maker: ListMaker;

  /** @throws PlatformCannot where the C library has no mallinfo2, as only glibc since 2.33 has, or the kit no machine code for the processor. */
  constructor(maker = here()) {
    const look = addressOf('mallinfo2');
    if (look === undefined) throw new PlatformCannot(means);
    this.#maker = maker;
    this.#list.set(0, { function: look, values: [this.#before.address] });
    this.#list.set(2, { function: look, values: [this.#after.address] });
    this.#list.jump(3, maker.end);
  }

  /** What the function's register held. */
  make(weighed: NativeCall): bigint {
    this.#list.set(1, weighed);
    this.#maker.run(this.#list.address);
    this.bytes += this.#after.inUse - this.#before.inUse;
    return this.#list.returned(1);
  }
}

class Sums {
  readonly address = alloc('uint64_t', words) as Pointer;
  readonly #words = new BigUint64Array(view(this.address, words * 8));

  get inUse(): number {
    return Number(this.#words[hblkhd]) + Number(this.#words[uordblks]);
  }
}

function addressOf(name: string): Pointer | undefined {
  try {
    return systemSymbol(name);
  } catch {
    return undefined;
  }
}
